/** Where imported projects lie on this machine. */
@NullMarked
package dev.salver.cli.imports;

import org.jspecify.annotations.NullMarked;
