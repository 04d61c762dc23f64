/** CustomResourceDefinitions of Salver's own kinds, each described once in code. */
@NullMarked
package dev.salver.kube.crd;

import org.jspecify.annotations.NullMarked;
