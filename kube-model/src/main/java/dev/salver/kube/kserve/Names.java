package dev.salver.kube.kserve;

/** What KServe calls the objects that it makes for an InferenceService. */
public final class Names {
  private Names() {}

  /** The workload of a component: Deployment, Service, autoscaler, or Knative Service. */
  public static String workload(String service, Component component) {
    return component.kind() == Component.Kind.PREDICTOR && !component.subname().isEmpty()
        ? service + "-" + component.subname() + "-predictor"
        : stable(service, component.kind());
  }

  /** The name of a component's route and host, which {@code predictor.name} does not change. */
  public static String stable(String service, Component.Kind kind) {
    return service + "-" + kind.word();
  }

  /** The value of the label {@code app} on a Deployment's pods. */
  public static String app(String workload) {
    return "isvc." + workload;
  }

  /** The name of a service inside the cluster. */
  public static String internalHost(String name, String namespace) {
    return name + "." + namespace + ".svc.cluster.local";
  }
}
