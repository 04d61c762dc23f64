package dev.salver.compiler.lower;

import dev.salver.compiler.source.Span;
import dev.salver.kube.KubeObject;
import java.util.SortedMap;

/**
 * An object and where it comes from.
 *
 * @param declared the declaration that it stands for
 * @param origins JSON Pointer of a field to the setting that it was read from
 */
public record Manifest(KubeObject object, Span declared, SortedMap<String, Span> origins) {}
