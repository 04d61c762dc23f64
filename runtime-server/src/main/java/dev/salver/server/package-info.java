/** The program: its roles and its entry points. */
@NullMarked
package dev.salver.server;

import org.jspecify.annotations.NullMarked;
