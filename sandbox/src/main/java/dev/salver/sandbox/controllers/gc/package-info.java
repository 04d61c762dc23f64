/** Removes what nobody owns any more, what lay in removed namespaces, and old events. */
@NullMarked
package dev.salver.sandbox.controllers.gc;

import org.jspecify.annotations.NullMarked;
