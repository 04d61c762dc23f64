/** The patches that clients send: JSON patch, JSON merge patch, strategic merge patch. */
@NullMarked
package dev.salver.sandbox.api.patch;

import org.jspecify.annotations.NullMarked;
