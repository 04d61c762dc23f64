/** The loop that drives level-triggered controllers, and what they share to read and write. */
@NullMarked
package dev.salver.sandbox.controllers;

import org.jspecify.annotations.NullMarked;
