/** What every HTTP face of Salver shares: the port, its limits, its drain. */
@NullMarked
package dev.salver.edge;

import org.jspecify.annotations.NullMarked;
