/** What people see: colours only on a terminal, tables, times. */
@NullMarked
package dev.salver.cli.terminal;

import org.jspecify.annotations.NullMarked;
