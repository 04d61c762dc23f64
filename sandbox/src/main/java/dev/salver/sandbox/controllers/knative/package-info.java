/** Knative Serving on one machine: Service to Configuration, Route, Revision, Deployment. */
@NullMarked
package dev.salver.sandbox.controllers.knative;

import org.jspecify.annotations.NullMarked;
