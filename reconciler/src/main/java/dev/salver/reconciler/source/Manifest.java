package dev.salver.reconciler.source;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;

/**
 * One object as Git has it.
 *
 * @param object without what only a server writes
 * @param digest over the object's canonical form: equal digests mean equal objects
 * @param line where its document starts, counted from 1
 */
public record Manifest(ObjectKey key, KubeObject object, String digest, String file, int line) {}
