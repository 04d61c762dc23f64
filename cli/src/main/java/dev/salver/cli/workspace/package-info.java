/** The folder {@code .salver} of a project: its lock, its blobs, and where everything else lies. */
@NullMarked
package dev.salver.cli.workspace;

import org.jspecify.annotations.NullMarked;
