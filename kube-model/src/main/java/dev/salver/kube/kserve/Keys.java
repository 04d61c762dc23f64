package dev.salver.kube.kserve;

import java.util.List;

/** The labels, annotations, paths and container names that are part of KServe's API. */
public final class Keys {
  public static final String DEPLOYMENT_MODE = "serving.kserve.io/deploymentMode";
  public static final String AUTOSCALER_CLASS = "serving.kserve.io/autoscalerClass";
  public static final String STOP = "serving.kserve.io/stop";
  public static final String TAG_ROUTING = "serving.kserve.io/enable-tag-routing";
  public static final String SERVER_TYPE = "serving.kserve.io/server-type";
  public static final String GKE_ACCELERATOR = "serving.kserve.io/gke-accelerator";
  public static final String GPU_RESOURCE_TYPES = "serving.kserve.io/gpu-resource-types";
  public static final String METRIC_AGGREGATION = "serving.kserve.io/enable-metric-aggregation";
  public static final String PROMETHEUS_SCRAPING = "serving.kserve.io/enable-prometheus-scraping";
  public static final String STORAGE_READONLY = "storage.kserve.io/readonly";
  public static final String MODEL_FORMAT = "modelFormat";
  public static final String MODEL_CLASS = "modelClass";
  public static final String SERVICE_ENVELOPE = "serviceEnvelope";

  public static final String INFERENCE_SERVICE = "serving.kserve.io/inferenceservice";
  public static final String COMPONENT = "component";
  public static final String VISIBILITY = "networking.kserve.io/visibility";
  public static final String KNATIVE_VISIBILITY = "networking.knative.dev/visibility";
  public static final String CLUSTER_LOCAL = "cluster-local";

  public static final String SOURCE_URI =
      "internal.serving.kserve.io/storage-initializer-sourceuri";
  public static final String STORAGE_SPEC = "internal.serving.kserve.io/storage-spec";
  public static final String STORAGE_SPEC_PARAM = "internal.serving.kserve.io/storage-spec-param";
  public static final String STORAGE_SPEC_KEY = "internal.serving.kserve.io/storage-spec-key";
  public static final String STORAGE_CONTAINER_NAME =
      "internal.serving.kserve.io/storage-container-name";
  public static final String LOGGER = "internal.serving.kserve.io/logger";
  public static final String LOGGER_SINK_URL = "internal.serving.kserve.io/logger-sink-url";
  public static final String LOGGER_MODE = "internal.serving.kserve.io/logger-mode";
  public static final String LOGGER_HEADERS = "internal.serving.kserve.io/logger-metadata-headers";
  public static final String LOGGER_ANNOTATIONS =
      "internal.serving.kserve.io/logger-metadata-annotations";
  public static final String BATCHER = "internal.serving.kserve.io/batcher";
  public static final String BATCHER_SIZE = "internal.serving.kserve.io/batcher-max-batchsize";
  public static final String BATCHER_LATENCY = "internal.serving.kserve.io/batcher-max-latency";

  /** How a runtime gets its model: {@code self} means that its own container fetches it. */
  public static final String SALVER_STORAGE = "salver.dev/storage";

  /** On a workload we render: the digest of its pod template, so that a stale one is known. */
  public static final String SALVER_TEMPLATE = "salver.dev/template-digest";

  public static final String MAIN_CONTAINER = "kserve-container";
  public static final String TRANSFORMER_CONTAINER = "transformer-container";
  public static final String STORAGE_INITIALIZER = "storage-initializer";
  public static final String MODEL_PATH = "/mnt/models";
  public static final int HTTP_PORT = 8080;
  public static final int AGENT_PORT = 9081;

  /** Annotations of an InferenceService that never reach its children. */
  public static final List<String> KEPT_BACK_ANNOTATIONS =
      List.of(
          "autoscaling.knative.dev/min-scale",
          "autoscaling.knative.dev/max-scale",
          SOURCE_URI,
          "kubectl.kubernetes.io/last-applied-configuration",
          MODEL_FORMAT);

  /** Labels that never reach a revision's template. */
  public static final List<String> KEPT_BACK_LABELS = List.of(KNATIVE_VISIBILITY);

  private Keys() {}
}
