package dev.salver.kube.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Yaml;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values of KServe's configuration as it ships them (v0.20). */
final class ServingDefaults {
  private static final String TEXT =
      """
      agent: {image: 'kserve/agent:latest', cpuLimit: '1', cpuRequest: 100m, memoryLimit: 1Gi, memoryRequest: 100Mi}
      autoscaler: {scaleDownStabilizationWindowSeconds: '300', scaleUpStabilizationWindowSeconds: '0'}
      batcher: {image: 'kserve/agent:latest', maxBatchSize: '32', maxLatency: '5000', cpuLimit: '1', cpuRequest: '1', memoryLimit: 1Gi, memoryRequest: 1Gi}
      credentials:
        storageSpecSecretName: storage-config
        storageSecretNameAnnotation: serving.kserve.io/storageSecretName
        gcs: {gcsCredentialFileName: gcloud-application-credentials.json}
        s3: {s3AccessKeyIDName: AWS_ACCESS_KEY_ID, s3SecretAccessKeyName: AWS_SECRET_ACCESS_KEY}
      deploy: {defaultDeploymentMode: Knative}
      explainers: {art: {image: kserve/art-explainer, defaultImageVersion: latest}}
      inferenceService: {resource: {cpuLimit: '1', cpuRequest: '1', memoryLimit: 2Gi, memoryRequest: 2Gi}}
      ingress:
        enableGatewayApi: false
        kserveIngressGateway: kserve/kserve-ingress-gateway
        ingressGateway: knative-serving/knative-ingress-gateway
        localGateway: knative-serving/knative-local-gateway
        localGatewayService: knative-local-gateway.istio-system.svc.cluster.local
        ingressDomain: example.com
        ingressClassName: istio
        domainTemplate: '{{ .Name }}-{{ .Namespace }}.{{ .IngressDomain }}'
        urlScheme: http
        disableIstioVirtualHost: false
        disableIngressCreation: false
        disableHTTPRouteTimeout: false
      logger: {image: 'kserve/agent:latest', defaultUrl: 'http://default-broker', cpuLimit: '1', cpuRequest: 100m, memoryLimit: 1Gi, memoryRequest: 100Mi}
      metricsAggregator: {enableMetricAggregation: 'false', enablePrometheusScraping: 'false'}
      router: {image: 'kserve/router:latest', imagePullPolicy: IfNotPresent, cpuLimit: '1', cpuRequest: 100m, memoryLimit: 1Gi, memoryRequest: 100Mi}
      security: {autoMountServiceAccountToken: true}
      storageInitializer:
        image: kserve/storage-initializer:latest
        cpuLimit: '1'
        cpuRequest: 100m
        memoryLimit: 1Gi
        memoryRequest: 100Mi
        caBundleConfigMapName: ''
        caBundleVolumeMountPath: /etc/ssl/custom-certs
        enableModelcar: true
        cpuModelcar: 10m
        memoryModelcar: 15Mi
        uidModelcar: 1010
      """;

  static final Map<String, JsonNode> SECTIONS = read();

  private ServingDefaults() {}

  private static Map<String, JsonNode> read() {
    var sections = new LinkedHashMap<String, JsonNode>();
    Yaml.documents(TEXT)
        .getFirst()
        .properties()
        .forEach(entry -> sections.put(entry.getKey(), entry.getValue()));
    return Map.copyOf(sections);
  }
}
