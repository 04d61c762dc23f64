/** What a cluster serves, as people and scripts read it. */
@NullMarked
package dev.salver.cli.view;

import org.jspecify.annotations.NullMarked;
