package dev.salver.kube.schema;

import dev.salver.kube.Gvk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the lists and maps of built-in kinds merge, as their API types declare it: by key, as a set,
 * or as one atom. Server-side apply and strategic merge patch both go by this table; the first key
 * of a list is its strategic merge key.
 *
 * <p>A kind is a small graph of types. What the table does not name is what the API machinery
 * assumes: objects merge field by field, lists are atoms. Kinds with a CRD are better asked of
 * their {@link StructuralSchema}; Knative's, Istio's and Gateway API's are here too, because their
 * lists are few.
 */
public final class ListKeys {
  /** How a value merges. */
  public enum Shape {
    /** Field by field. */
    OBJECT,
    /** An object that is replaced as a whole. */
    ATOM,
    /** A list that is replaced as a whole. */
    ATOMIC_LIST,
    /** A list of scalars without duplicates. */
    SET,
    /** A list of objects known by the values of some keys. */
    KEYED
  }

  /**
   * One field.
   *
   * @param keys of a keyed list
   * @param type of the object, or of a list's elements; empty where nothing below it is special
   */
  public record Field(Shape shape, List<String> keys, String type) {
    private static final Field PLAIN_OBJECT = new Field(Shape.OBJECT, List.of(), "");
    private static final Field PLAIN_LIST = new Field(Shape.ATOMIC_LIST, List.of(), "");
  }

  /** owner, field, shape, keys, type. */
  private static final String TABLE =
      """
      Meta        ownerReferences            keyed uid -
      Meta        finalizers                 set   - -
      Any         metadata                   object - Meta
      Any         status                     object - Status
      Status      conditions                 keyed type -
      Status      podIPs                     keyed ip -
      Status      hostIPs                    atomic - -
      Workload    spec                       object - WorkloadSpec
      Workload    metadata                   object - Meta
      Workload    status                     object - Status
      WorkloadSpec template                  object - Template
      WorkloadSpec selector                  atom  - -
      Template    spec                       object - PodSpec
      Template    metadata                   object - Meta
      Pod         spec                       object - PodSpec
      Pod         metadata                   object - Meta
      Pod         status                     object - Status
      PodSpec     containers                 keyed name Container
      PodSpec     initContainers             keyed name Container
      PodSpec     ephemeralContainers        keyed name Container
      PodSpec     volumes                    keyed name Volume
      PodSpec     imagePullSecrets           keyed name -
      PodSpec     hostAliases                keyed ip -
      PodSpec     tolerations                atomic - -
      PodSpec     topologySpreadConstraints  keyed topologyKey,whenUnsatisfiable -
      PodSpec     resourceClaims             keyed name -
      PodSpec     readinessGates             atomic - -
      PodSpec     schedulingGates            keyed name -
      PodSpec     nodeSelector               atom  - -
      Container   env                        keyed name EnvVar
      Container   ports                      keyed containerPort,protocol -
      Container   volumeMounts               keyed mountPath -
      Container   volumeDevices              keyed devicePath -
      Container   envFrom                    atomic - -
      Container   args                       atomic - -
      Container   command                    atomic - -
      Container   resources                  object - Resources
      Resources   claims                     keyed name -
      EnvVar      valueFrom                  object - EnvSource
      EnvSource   fieldRef                   atom  - -
      EnvSource   resourceFieldRef           atom  - -
      EnvSource   secretKeyRef               atom  - -
      EnvSource   configMapKeyRef            atom  - -
      Service     spec                       object - ServiceSpec
      Service     metadata                   object - Meta
      Service     status                     object - Status
      ServiceSpec ports                      keyed port,protocol -
      ServiceSpec selector                   atom  - -
      ServiceAccount secrets                 keyed name -
      ServiceAccount imagePullSecrets        atomic - -
      ServiceAccount metadata                object - Meta
      Autoscaler  spec                       object - AutoscalerSpec
      Autoscaler  metadata                   object - Meta
      Autoscaler  status                     object - Status
      AutoscalerSpec metrics                 atomic - -
      Ingress     spec                       object - IngressSpec
      Ingress     metadata                   object - Meta
      IngressSpec rules                      atomic - -
      IngressSpec tls                        atomic - -
      Knative     spec                       object - KnativeSpec
      Knative     metadata                   object - Meta
      Knative     status                     object - KnativeStatus
      KnativeSpec template                   object - KnativeTemplate
      KnativeSpec containers                 atomic - -
      KnativeSpec traffic                    atomic - -
      KnativeTemplate spec                   object - KnativePodSpec
      KnativePodSpec containers              atomic - -
      KnativePodSpec initContainers          atomic - -
      KnativePodSpec volumes                 atomic - -
      KnativeStatus conditions               atomic - -
      """;

  private static final Map<String, String> ROOTS =
      Map.ofEntries(
          Map.entry("/Pod", "Pod"),
          Map.entry("/Service", "Service"),
          Map.entry("/ServiceAccount", "ServiceAccount"),
          Map.entry("apps/Deployment", "Workload"),
          Map.entry("apps/ReplicaSet", "Workload"),
          Map.entry("apps/StatefulSet", "Workload"),
          Map.entry("apps/DaemonSet", "Workload"),
          Map.entry("autoscaling/HorizontalPodAutoscaler", "Autoscaler"),
          Map.entry("networking.k8s.io/Ingress", "Ingress"),
          Map.entry("serving.knative.dev/Service", "Knative"),
          Map.entry("serving.knative.dev/Configuration", "Knative"),
          Map.entry("serving.knative.dev/Revision", "Knative"),
          Map.entry("serving.knative.dev/Route", "Knative"));

  private static final Map<String, Map<String, Field>> TYPES = read();

  private ListKeys() {}

  /**
   * The type at the root of a kind; {@code Any} where the kind has nothing special but metadata.
   */
  public static String root(Gvk gvk) {
    return ROOTS.getOrDefault(gvk.group() + "/" + gvk.kind(), "Any");
  }

  /** What is declared for a field of a type, or what is assumed for a value of this form. */
  public static Field field(String type, String name, boolean isList) {
    Field declared = TYPES.getOrDefault(type, Map.of()).get(name);
    if (declared != null) {
      return declared;
    }
    return isList ? Field.PLAIN_LIST : Field.PLAIN_OBJECT;
  }

  /**
   * What is declared at a path of field names without indices, such as {@code spec, template, spec,
   * containers, env}.
   */
  public static Field at(Gvk gvk, List<String> path, boolean isList) {
    String type = root(gvk);
    Field field = isList ? Field.PLAIN_LIST : Field.PLAIN_OBJECT;
    for (int i = 0; i < path.size(); i++) {
      field = field(type, path.get(i), isList && i == path.size() - 1);
      type = field.type();
    }
    return field;
  }

  private static Map<String, Map<String, Field>> read() {
    var types = new HashMap<String, Map<String, Field>>();
    TABLE
        .lines()
        .map(line -> List.of(line.strip().split("\\s+")))
        .forEach(
            row ->
                types
                    .computeIfAbsent(row.get(0), type -> new HashMap<>())
                    .put(
                        row.get(1),
                        new Field(
                            shape(row.get(2)),
                            row.get(3).equals("-") ? List.of() : List.of(row.get(3).split(",")),
                            row.get(4).equals("-") ? "" : row.get(4))));
    return types;
  }

  private static Shape shape(String word) {
    return switch (word) {
      case "object" -> Shape.OBJECT;
      case "atom" -> Shape.ATOM;
      case "atomic" -> Shape.ATOMIC_LIST;
      case "set" -> Shape.SET;
      case "keyed" -> Shape.KEYED;
      default -> throw new IllegalStateException("no shape " + word);
    };
  }
}
