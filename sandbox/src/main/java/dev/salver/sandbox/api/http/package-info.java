/** The API over HTTPS on loopback: paths, negotiation, discovery, streams. */
@NullMarked
package dev.salver.sandbox.api.http;

import org.jspecify.annotations.NullMarked;
