/** What an environment costs an hour and a month, from the prices that the program declares. */
@NullMarked
package dev.salver.compiler.cost;

import org.jspecify.annotations.NullMarked;
