package dev.salver.kube.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Yaml;
import dev.salver.kube.schema.StructuralSchema;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an object says is what runs, and what cannot run is refused with its place. */
class ServingGraphsTest {
  private static final String STEPS =
      """
      inputs: [{name: txn, fields: [{name: id, datatype: INT64, shape: [1]}]}, {name: doc, datatype: JSON}]
      outputs: [{name: y, datatype: FP32, shape: [-1, 4]}]
      timeout: 1s500ms
      steps:
      - name: split
        split:
        - percent: 12.5
          steps:
          - {name: yes-1, call: {service: a, url: "https://a.acme.io/v2", model: m, protocol: v1, inputs: {x: request.txn}, single: true}}
        - percent: 87.5
          steps:
          - name: nested
            steps:
            - name: value
              constant: {datatype: UINT64, shape: [2], data: [1, 18446744073709551615]}
            - {name: json, constant: {json: {a: [1, null]}}}
            - {name: cast, cast: {value: value, to: FP16}}
            - {name: pass, value: cast}
        retries: 3
        within: 1m
      - name: end
        fail: {status: 418, message: short and stout}
      pods:
        minReplicas: 0
        maxReplicas: 3
        resources: {requests: {cpu: 100m}, limits: {memory: 1Gi}}
        labels: {team: ml}
        serviceAccountName: graph
      """;

  @Test
  void whatIsWrittenReadsAsItWas() {
    for (String spec : List.of(STEPS, Graphs.FRAUD)) {
      ServingGraph graph = Graphs.graph(spec);
      KubeObject written = ServingGraphs.object("ml", "g", graph);
      assertEquals(graph, Graphs.graph(Yaml.write(written.spec())));
      var schema = StructuralSchema.of(GraphCrd.definition());
      assertEquals(List.of(), schema.validate(written.tree()), spec);
      assertEquals(written.tree(), schema.pruned(written.tree()), "nothing is lost when stored");
    }
  }

  @Test
  void theOrderIsThatOfPeople() {
    String yaml = Yaml.write(ServingGraphs.object("ml", "g", Graphs.graph(Graphs.FRAUD)).spec());
    assertTrue(
        yaml.contains(
            """
              - name: feats
                call:
                  service: featurize
                  inputs:
                    amount: request.amount
                within: 20ms
              - name: risk
            """),
        yaml);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "service: featurize | servise: featurize | spec.steps[0].call.servise: unknown field",
        "feats.x | feat.x | `fraud-xgb` reads `feat.x`, which is not there before it",
        "request.amount | request.amont | `feats` reads `request.amont`, which is not there before it",
        "within: 20ms | within: 20 ms | spec.steps[0].within: must be a duration such as 250ms, 30s or 1h30m",
        "name: risk | name: feats | `feats` is the name of more than one step",
        "name: risk | name: request | no step may be called `request`",
        "reduce: mean | reduce: median | spec.steps[1].all.reduce: has no value \"median\"",
        "max(risk) > 0.9 | max(risc) > 0.9 | `decision`: `max(risc) > 0.9`: ERROR: <input>:1:5: undeclared reference to 'risc' (in container '')",
        "service: rules-eu | service: Rules_EU | `rules-eu` calls `Rules_EU`, which is no address",
        "percent: 10 | percent: 101 | spec.steps[2].switch.else[0].shadow.percent: must be a number from 0 to 100 with at most four places",
        "data: [block] | data: [1] | spec.steps[2].switch.cases[0].steps[0].constant[0]: `1` is no text",
        "shape: [1], data | shape: [2], data | spec.steps[2].switch.cases[0].steps[0].constant[0]: shape [2] wants 2 elements, not 1",
      })
  void whatCannotRunIsRefusedWithItsPlace(String there, String instead, String words) {
    assertTrue(Graphs.FRAUD.contains(there), there);
    assertEquals(
        Optional.of(words),
        ServingGraphs.refusal(Graphs.object(Graphs.FRAUD.replace(there, instead))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "percent: 12.5 | percent: 12 | the shares of `split` sum to 99.5, not to 100",
        "status: 418 | status: 200 | spec.steps[1].fail.status: must be a whole number from 400 to 599",
        "minReplicas: 0 | minReplicas: 4 | pods.minReplicas is above pods.maxReplicas",
        "https://a.acme.io/v2 | file:///etc/passwd | `yes-1` calls `file:///etc/passwd`, which is no address",
        "{name: pass, value: cast} | {name: pass} | spec.steps[0].split[1].steps[0].steps[3]: needs one of call, cast, switch, split, all, steps, value, constant, fail",
        "retries: 3 | retries: 11 | spec.steps[0].retries: must be a whole number from 0 to 10",
      })
  void limitsHold(String there, String instead, String words) {
    assertTrue(STEPS.contains(there), there);
    assertEquals(
        Optional.of(words), ServingGraphs.refusal(Graphs.object(STEPS.replace(there, instead))));
  }

  @Test
  void deepAndLongGraphsAreRefused() {
    var tree = (ObjectNode) Yaml.documents("{name: s0, fail: {status: 500}}").getFirst();
    for (int i = 1; i <= 40; i++) {
      ObjectNode around = dev.salver.kube.Json.object().put("name", "s" + i);
      around.putArray("steps").add(tree);
      tree = around;
    }
    KubeObject object = Graphs.object("outputs: [{name: y, datatype: JSON}]");
    ((ObjectNode) object.spec()).putArray("steps").add(tree);
    assertTrue(ServingGraphs.refusal(object).orElseThrow().endsWith(": is deeper than 32 levels"));
    var many = ((ObjectNode) object.spec()).putArray("steps");
    for (int i = 0; i <= 2000; i++) {
      many.addObject().put("name", "s" + i).putObject("fail").put("status", 500);
    }
    assertEquals(
        Optional.of("spec.steps[2000]: a graph has at most 2000 steps"),
        ServingGraphs.refusal(object));
  }
}
