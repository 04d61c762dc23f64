package dev.salver.compiler.lower;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.compiler.policy.Admission;
import dev.salver.compiler.source.Span;
import dev.salver.kube.Gvk;
import dev.salver.kube.KubeObject;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A policy as a ValidatingAdmissionPolicy for InferenceServices, and its binding to the namespace
 * of one environment. Both are cluster-scoped, named {@code PROJECT-ENVIRONMENT-POLICY}.
 */
public final class AdmissionPolicies {
  private static final String GROUP = "admissionregistration.k8s.io";
  private static final Gvk POLICY = new Gvk(GROUP, "v1", "ValidatingAdmissionPolicy");
  private static final Gvk BINDING = new Gvk(GROUP, "v1", "ValidatingAdmissionPolicyBinding");

  /** Names what a rule reads that no manifest holds, so that only the compiler asks for it. */
  private static final String LEFT = "salver.dev/checked-by-compiler-only";

  private AdmissionPolicies() {}

  public static List<Manifest> of(Admission admission, String prefix, String namespace) {
    String name = prefix + "-" + admission.policy();
    return List.of(policy(admission, name), binding(admission, name, namespace));
  }

  private static Manifest policy(Admission admission, String name) {
    ObjectNode tree = KubeObject.named(POLICY, "", name).tree();
    if (!admission.left().isEmpty()) {
      ((ObjectNode) tree.get("metadata"))
          .putObject("annotations")
          .put(LEFT, String.join(", ", admission.left()));
    }
    ObjectNode spec = tree.putObject("spec");
    spec.put("failurePolicy", "Fail");
    ObjectNode rule = spec.putObject("matchConstraints").putArray("resourceRules").addObject();
    rule.putArray("apiGroups").add("serving.kserve.io");
    rule.putArray("apiVersions").add("v1beta1");
    rule.putArray("operations").add("CREATE").add("UPDATE");
    rule.putArray("resources").add("inferenceservices");
    if (!admission.variables().isEmpty()) {
      ArrayNode variables = spec.putArray("variables");
      admission
          .variables()
          .forEach((key, text) -> variables.addObject().put("name", key).put("expression", text));
    }
    ArrayNode validations = spec.putArray("validations");
    SortedMap<String, Span> origins = new TreeMap<>();
    for (Admission.Validation each : admission.validations()) {
      origins.put("/spec/validations/" + validations.size(), each.at());
      ObjectNode validation = validations.addObject().put("expression", each.expression());
      validation.put("message", each.message());
      each.messageExpression().ifPresent(text -> validation.put("messageExpression", text));
    }
    return new Manifest(new KubeObject(tree), admission.declared(), origins);
  }

  private static Manifest binding(Admission admission, String name, String namespace) {
    ObjectNode tree = KubeObject.named(BINDING, "", name).tree();
    ObjectNode spec = tree.putObject("spec");
    spec.put("policyName", name);
    spec.putArray("validationActions").add("Deny");
    spec.putObject("matchResources")
        .putObject("namespaceSelector")
        .putObject("matchLabels")
        .put("kubernetes.io/metadata.name", namespace);
    return new Manifest(new KubeObject(tree), admission.declared(), new TreeMap<>());
  }
}
