package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.kserve.Component;
import java.util.Map;

/**
 * One component as it is to run, before a mode makes objects of it.
 *
 * @param name of the Deployment or Knative Service
 * @param labels of the workload and its pods
 * @param annotations of the workload and its pods
 * @param pod its pod spec, storage and sidecars not yet in it; not shared
 * @param fetchesItself whether the main container gets the model on its own
 */
record Workload(
    Component component,
    String name,
    Map<String, String> labels,
    Map<String, String> annotations,
    ObjectNode pod,
    boolean fetchesItself) {}
