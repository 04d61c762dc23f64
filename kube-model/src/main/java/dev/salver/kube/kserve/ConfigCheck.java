package dev.salver.kube.kserve;

import dev.salver.kube.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What is wrong with a configuration that is JSON all the same. */
final class ConfigCheck {
  private static final Pattern GATEWAY =
      Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?/[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final List<String> QUANTITIES =
      List.of(
          "cpuLimit",
          "cpuRequest",
          "memoryLimit",
          "memoryRequest",
          "cpuModelcar",
          "memoryModelcar");

  private ConfigCheck() {}

  static List<String> problems(ServingConfig config) {
    var problems = new ArrayList<String>();
    String mode = config.section("deploy").path("defaultDeploymentMode").asText();
    if (DeploymentMode.of(mode).isEmpty()) {
      problems.add(
          "deploy.defaultDeploymentMode is \""
              + mode
              + "\"; supported modes are Knative, Standard and ModelMesh");
    }
    if (config.gatewayApi() && !GATEWAY.matcher(config.ingress("kserveIngressGateway")).matches()) {
      problems.add(
          "ingress.kserveIngressGateway is \""
              + config.ingress("kserveIngressGateway")
              + "\", want NAMESPACE/NAME");
    }
    if (config.ingress("ingressGateway").isEmpty()) {
      problems.add("ingress.ingressGateway is required");
    }
    if (config.section("ingress").has("urlPort") && config.urlPort().isEmpty()) {
      problems.add(
          "ingress.urlPort is "
              + config.section("ingress").path("urlPort")
              + ", want a number from 1 to 65535");
    }
    for (String template : List.of("domainTemplate", "pathTemplate")) {
      Placeholders.problem(config.ingress(template))
          .ifPresent(problem -> problems.add("ingress." + template + ": " + problem));
    }
    for (String key : List.of("storageInitializer", "agent", "logger", "batcher", "router")) {
      for (String field : QUANTITIES) {
        String amount = config.section(key).path(field).asText();
        if (!amount.isEmpty() && Quantity.parse(amount).isEmpty()) {
          problems.add(key + "." + field + " is \"" + amount + "\", which is no quantity");
        }
      }
    }
    return problems;
  }
}
