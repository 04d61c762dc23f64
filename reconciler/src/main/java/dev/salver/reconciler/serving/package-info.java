/**
 * What an InferenceService becomes: children, status, events. Pure functions over what was
 * observed; no clock, no I/O.
 */
@NullMarked
package dev.salver.reconciler.serving;

import org.jspecify.annotations.NullMarked;
