/** Runs a project's tests: real models as processes, snapshots of manifests, reports. */
@NullMarked
package dev.salver.cli.testing;

import org.jspecify.annotations.NullMarked;
