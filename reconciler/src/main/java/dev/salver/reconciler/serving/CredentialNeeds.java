package dev.salver.reconciler.serving;

import dev.salver.kube.KubeObject;
import dev.salver.kube.kserve.Admission;
import dev.salver.kube.kserve.Component;
import dev.salver.kube.kserve.Defaulting;
import dev.salver.kube.kserve.DeploymentMode;
import dev.salver.kube.kserve.InferenceService;
import dev.salver.kube.kserve.Runtimes;
import dev.salver.kube.kserve.ServingConfig;
import dev.salver.kube.kserve.Shapes;
import dev.salver.kube.kserve.StorageRules;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which credentials a rendering will ask for, so that no other Secret has to be read. */
public final class CredentialNeeds {
  /** Schemes of storage that may want to know who asks. */
  private static final Set<String> SCHEMES =
      Set.of(
          "s3", "gs", "hf", "https", "hdfs", "webhdfs", "az", "azure", "abfs", "abfss", "wasb",
          "wasbs");

  private CredentialNeeds() {}

  /**
   * Of every component that fetches a model from such storage; none for a service that cannot run.
   */
  public static Set<CredentialNeed> of(KubeObject isvc, Runtimes runtimes, ServingConfig config) {
    var needs = new LinkedHashSet<CredentialNeed>();
    if (Shapes.problem(isvc.spec()).isPresent()) {
      return needs;
    }
    var service = new InferenceService(Defaulting.apply(isvc, config));
    List<Component> fetching =
        Stream.of(Optional.of(service.predictor()), service.transformer(), service.explainer())
            .flatMap(Optional::stream)
            .filter(CredentialNeeds::mayNeedThem)
            .toList();
    if (fetching.isEmpty()
        || service.stopped()
        || Admission.refusal(service.object()).isPresent()) {
      return needs;
    }
    DeploymentMode mode = DeploymentMode.of(service, config);
    var job = new Job(service, mode, runtimes, config, Features.ALL, Observed.NOTHING);
    for (Component component : fetching) {
      workload(job, component).map(workload -> of(workload, config)).ifPresent(needs::add);
    }
    return needs;
  }

  static CredentialNeed of(Workload workload, ServingConfig config) {
    String annotation = config.section("credentials").path("storageSecretNameAnnotation").asText();
    String account = workload.pod().path("serviceAccountName").asText();
    return new CredentialNeed(
        workload.annotations().getOrDefault(annotation, ""),
        account.isEmpty() ? "default" : account);
  }

  private static Optional<Workload> workload(Job job, Component component) {
    if (component.kind() == Component.Kind.PREDICTOR) {
      return PredictorWorkload.build(job)
              instanceof Attempt.Done<PredictorWorkload.Built>(var built)
          ? Optional.of(built.workload())
          : Optional.empty();
    }
    return SideWorkload.build(job, component) instanceof Attempt.Done<Workload>(Workload built)
        ? Optional.of(built)
        : Optional.empty();
  }

  private static boolean mayNeedThem(Component component) {
    return Stream.concat(
            component.storageUri().stream(),
            StorageRules.placed(component).stream().map(StorageRules.Placed::uri))
        .anyMatch(uri -> SCHEMES.contains(uri.split("://", 2)[0]));
  }
}
