package dev.salver.kube;

import java.util.List;

/**
 * How a kind is served: its plural in paths and whether it lives in namespaces.
 *
 * @param shortNames what kubectl accepts besides the plural
 */
public record ResourceType(
    Gvk gvk, String plural, boolean namespaced, List<String> shortNames, boolean hasStatus) {
  /** {@code /apis/apps/v1/namespaces/demo/deployments}; no namespace means all of them. */
  public String path(String namespace) {
    String root = gvk.group().isEmpty() ? "/api/" : "/apis/";
    String scope = namespaced && !namespace.isEmpty() ? "/namespaces/" + namespace : "";
    return root + gvk.apiVersion() + scope + "/" + plural;
  }
}
