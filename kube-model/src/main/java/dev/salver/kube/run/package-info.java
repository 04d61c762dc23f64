/** How level-triggered controllers run: one execution per key, no lost event, time passed in. */
@NullMarked
package dev.salver.kube.run;

import org.jspecify.annotations.NullMarked;
