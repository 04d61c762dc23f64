/**
 * Who owns which field: field sets, managedFields and server-side apply as pure functions over
 * trees.
 */
@NullMarked
package dev.salver.kube.apply;

import org.jspecify.annotations.NullMarked;
