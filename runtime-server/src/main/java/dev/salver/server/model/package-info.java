/** The role "model": fetch, load, warm up, serve, drain. */
@NullMarked
package dev.salver.server.model;

import org.jspecify.annotations.NullMarked;
