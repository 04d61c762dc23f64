/** Graphs with every call resolved and every edge typed. */
@NullMarked
package dev.salver.compiler.graph;

import org.jspecify.annotations.NullMarked;
