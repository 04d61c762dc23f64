/** What CustomResourceDefinitions say about objects: structural validation, defaults, list keys. */
@NullMarked
package dev.salver.kube.schema;

import org.jspecify.annotations.NullMarked;
