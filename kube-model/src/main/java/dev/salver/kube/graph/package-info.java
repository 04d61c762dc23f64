/**
 * The resource ServingGraph, and what a graph answers: the one core of routers, tests, rehearsals.
 */
@NullMarked
package dev.salver.kube.graph;

import org.jspecify.annotations.NullMarked;
