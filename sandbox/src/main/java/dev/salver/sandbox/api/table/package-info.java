/** Objects as rows for people: the columns that kubectl shows. */
@NullMarked
package dev.salver.sandbox.api.table;

import org.jspecify.annotations.NullMarked;
