/** What API servers and webhooks fill in on objects that Salver renders, as pure functions. */
@NullMarked
package dev.salver.kube.defaults;

import org.jspecify.annotations.NullMarked;
