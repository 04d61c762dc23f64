package dev.salver.sandbox.controllers.knative;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import java.time.Instant;
import java.util.function.Predicate;

/** A Route's status: where it is to be had and how its traffic is split. */
final class RouteStatus {
  private static final String ALL_TRAFFIC_ASSIGNED = "AllTrafficAssigned";
  private static final String INGRESS_READY = "IngressReady";
  private static final String CERTIFICATE_PROVISIONED = "CertificateProvisioned";

  private final Status status;
  private final Conditions conditions;
  private final RouteUrls urls;

  RouteStatus(KubeObject route, RouteUrls urls) {
    this.status = Status.of(route, ALL_TRAFFIC_ASSIGNED, INGRESS_READY, CERTIFICATE_PROVISIONED);
    this.conditions = status.conditions();
    this.urls = urls;
    if (status.isNewGeneration()) {
      conditions.markUnknown(
          INGRESS_READY, "IngressNotConfigured", "Ingress has not yet been reconciled.");
    }
  }

  ObjectNode finish(Instant now) {
    return status.finish(now);
  }

  void serviceNotOwned(String name) {
    conditions.markFalse(
        INGRESS_READY,
        "NotOwned",
        "There is an existing placeholder Service \"" + name + "\" that we do not own.");
  }

  /**
   * @param isLocal whether a tag (empty: the Route) is for the cluster alone
   */
  void traffic(Traffic traffic, Predicate<String> isLocal) {
    status.tree().put("url", urls.url("", isLocal.test("")));
    switch (traffic) {
      case Traffic.Assigned assigned -> assigned(assigned, isLocal);
      case Traffic.Refused(boolean failed, String reason, String message) -> {
        if (failed) {
          conditions.markFalse(ALL_TRAFFIC_ASSIGNED, reason, message);
        } else {
          conditions.markUnknown(ALL_TRAFFIC_ASSIGNED, reason, message);
        }
      }
    }
  }

  private void assigned(Traffic.Assigned assigned, Predicate<String> isLocal) {
    ArrayNode list = status.tree().putArray("traffic");
    for (Traffic.Target target : assigned.targets()) {
      ObjectNode node =
          list.addObject()
              .put("latestRevision", target.latest())
              .put("percent", target.percent())
              .put("revisionName", target.revision());
      if (!target.tag().isEmpty()) {
        node.put("tag", target.tag());
        node.put("url", urls.url(target.tag(), isLocal.test(target.tag())));
      }
    }
    conditions.markTrue(ALL_TRAFFIC_ASSIGNED);
    status.tree().putObject("address").put("url", urls.address());
    conditions.markTrue(
        CERTIFICATE_PROVISIONED, "TLSNotEnabled", "external-domain-tls is not enabled");
  }

  /** The gateway reads this Route itself, so there is nothing to wait for. */
  void routed() {
    conditions.markTrue(INGRESS_READY);
  }
}
