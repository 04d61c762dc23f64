package dev.salver.sandbox.controllers.knative;

/**
 * What a cluster's operator would set in Knative's ConfigMaps.
 *
 * @param domain the last part of public hosts ({@code config-domain}); {@code svc.cluster.local}
 *     makes every Route cluster-local
 * @param urlPort the port in public URLs, never in hosts; 0 or 80 for none
 * @param gatewayHost where the Services that stand for Routes point to
 * @param keptRevisions how many revisions without traffic outlive the next one
 */
public record KnativeOptions(String domain, int urlPort, String gatewayHost, int keptRevisions) {
  public static final String CLUSTER_DOMAIN = "svc.cluster.local";

  /** One machine: hosts under {@code localhost}. */
  public static KnativeOptions localhost(int urlPort) {
    return new KnativeOptions("localhost", urlPort, "localhost", 10);
  }
}
