/**
 * KServe's rules as pure functions over trees: defaulting, admission, runtime selection and merge,
 * names and hosts. The rules are those of KServe v0.20 (repository state of 2026-08-21).
 */
@NullMarked
package dev.salver.kube.kserve;

import org.jspecify.annotations.NullMarked;
