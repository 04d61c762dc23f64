/** Who the API's HTTPS face is: its certificates, its token, the kubeconfig that holds them. */
@NullMarked
package dev.salver.sandbox.api.tls;

import org.jspecify.annotations.NullMarked;
