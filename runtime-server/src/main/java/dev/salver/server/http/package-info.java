/** The model server's HTTP face: routes, answers, errors. */
@NullMarked
package dev.salver.server.http;

import org.jspecify.annotations.NullMarked;
