package dev.salver.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A project with every kind of declaration whose author can't make up his mind: in each file stand
 * {@code «one|other|…»}, and each step takes another of them, or another file away, or moves it.
 */
final class EditedProject {
  private static final Pattern SITE = Pattern.compile("«([^»]*)»");

  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry(
              "project.serve",
              """
              «|// a comment
              »project «shop|shop|store» { lint { SV4013 = «off|warning|error» } }
              param region: string «in ["eu", "us"] |» = «"eu"|"us"|7»
              param floor: f32 = «0.5|0.7|"no"»
              «param missing: string|param other: string = "x"|»
              secret token from "kubernetes:«hf/token|hf»"
              type Features = f32[n, «4|4|5»]
              type Scorer = (features: Features) -> (score: f32[n])
              «type Label = { label: string, confidence: f32 }|»
              """),
          Map.entry(
              "imports.serve",
              """
              «import platform from "../platform"|import { l4 } from "../platform"|»
              «import { ab } from "salver:graphs"|import { abc } from "salver:graphs"|»
              """),
          Map.entry(
              "things.serve",
              """
              accelerator a10 { limit = "«nvidia.com/gpu|example.com/a10»", memory = «24Gi|8Gi|2», price = $«1|2»/h }
              «accelerator h100 { limit = "nvidia.com/gpu", memory = 80Gi, price = $4/h }|»
              runtime triton {
                image = "nvcr.io/triton:«25.06|25.07|${region}|${missing}»"
                formats = [onnx«, tensorrt|»]
                wire = «v2|v1»
                cpu = «1|2..4»
              }
              «model * { memory = 2Gi, labels { owner = "${region}" } }|model * { cpu = 1 }|»
              """),
          Map.entry(
              "rollouts.serve",
              """
              rollout «careful|careful|bold» {
                steps = [5% for 10min, «25% for 5min|25%», «100%|90%»]
                gate errors < 0.«5|7»%
                «gate p99 < 1.1 * stable.p99|gate oops|»
                on-fail { action = «rollback|hold|none» }
              }
              """),
          Map.entry(
              "envs.serve",
              """
              @abstract
              env base { labels { team = "«ml|ml|risk»" } }
              env dev extends «base|bass» { namespace = "dev", mode = «knative|standard», «|params { other = "y" }» }
              env prod extends base {
                namespace = "prod-${region}"
                mode = «knative|knative|standard»
                pinned = «false|true»
                params { region = "«us|eu|mars»" }
                model * where «labels.tier == "online"|labels.tier == "batch"|labels.tier|memory > 6Gi|memory > 2» { scale.replicas = «3..24|1..2» }
                model fraud { «gpu = a10|gpu = a10 * 2|final timeout = 20s|cpu = 1, cpu = 2» }
                «model ner { memory = 6Gi }|model ner["de"] { memory = 6Gi }|model ner["xx"] { memory = 6Gi }|»
                «|model iris { deploy = false }|model nobody { cpu = 1 }»
                accelerator a10 { «price = $3/h|price = $3|memory = 40Gi|final price = $2/h|memory = 4Gi, memory = 8Gi|cpu = 1» }
                graph «check|chek» with { timeout = «10s|1ms» }
              }
              env local { «model * { cpu = 1 }|» }
              """),
          Map.entry(
              "policies.serve",
              """
              policy warm on model {
                deny self.labels.tier == "online" && self.scale.replicas.min < «2|4» else "«warm|${env}»"
                «require self.cost.monthly.max <= $20_000|require self.namespace != region|require nothing»
              }
              policy «small|tiny» on «graph|env|runtime» { require size(self.name) < «30|3» }
              policy roomy on model { «require self.memory.max >= 1Gi|require self.memory.max >= 16Gi|deny self.expose == "public"» }
              """),
          Map.entry(
              "models/fraud.serve",
              """
              @allow(SV4016, "so it is")
              model fraud«: Scorer|: Label|» «on triton|on tritan|» from "s3://m/fraud«1|2».onnx" {
                cpu = «2..4|2|"two"|4..2»
                memory = «8Gi|4Gi»
                labels { tier = "«online|batch|${missing}»" }
                «rollout = careful|rollout = bold|canary = 5%|»
                «slo = [p99 < 120ms]|gpu = [a10, l4]|gpu = platform.l4|»
                vars { T = «token|tokn|"x"», R = region }
                timeout = «30s|5m|10s»
                «scale { replicas = 2..16, target = 40rps }|scale { replicas = 0..4|»
              }
              """),
          Map.entry(
              "models/iris.serve",
              """
              «|@deprecated("use fraud")
              »model «iris|iris|fraud»: Scorer from "s3://m/iris.«onnx|bin»" {
                «timeout = 20s|timeot = 20s|»
                «raw { spec.predictor.minReplicas = 1 }|raw { spec.predictor.minReplicas = 2 }|raw { spec.nothing = 2 }|»
              }
              """),
          Map.entry(
              "models/ner.serve",
              """
              for each lang in «["de", "fr"]|["de", "fr", "pl"]|[region]» {
                model ner[lang]: Scorer from "s3://m/ner-${lang}.onnx" { memory = «4Gi|5Gi» }
              }
              model extra: Scorer from "«s3://m/extra.onnx|service:elsewhere|file:extra.onnx»" { }
              """),
          Map.entry(
              "graphs/check.serve",
              """
              graph check: Scorer with { timeout = «2s|20s», backend = «salver|kserve» } {
                first = fraud(features) «within 50ms|»
                both = all { first, «iris|iriss|ner-de|extra»(features) } by «mean|mein»(score)
                «switch { max(both) > floor => first, else => both }|both|switch { max(both) > 1 => first }»
              }
              graph twice: Scorer = «fraud|check|twice»
              «graph pick: Scorer = ab[a = fraud, b = iris]|graph pick: Scorer = ab[a = fraud]|»
              """),
          Map.entry(
              "tests.serve",
              """
              test "«one|two»" on prod { expect fraud.scale.replicas.min >= «2|3» }
              test "calls" {
                «stub iris { score = [1.0] }|»
                expect iris(features = [[1.0, 2.0, 3.0, 4.0]]).score == [1.0]
              }
              """),
          Map.entry(
              "serve.lock",
              """
              serve.lock 1
              «|broken
              »"""));

  private static final String PLATFORM =
      "project platform { }\n"
          + "accelerator l4 { limit = \"nvidia.com/gpu\", memory = «24Gi|16Gi», price = $1/h }\n"
          + "«model * { labels { origin = \"platform\" } }|»\n"
          + "runtime onnx { image = \"a:1\", formats = [«onnx|pmml»] }\n";

  private final SplittableRandom random;
  private final TreeMap<String, TreeMap<Integer, Integer>> chosen = new TreeMap<>();
  private final TreeMap<String, String> places = new TreeMap<>();

  EditedProject(long seed) {
    random = new SplittableRandom(seed);
    TEXTS.keySet().forEach(path -> places.put(path, path));
  }

  /** One to three edits. */
  String edit() {
    var steps = new ArrayList<String>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      steps.add(one());
    }
    return String.join(", ", steps);
  }

  private String one() {
    var paths = new ArrayList<>(TEXTS.keySet().stream().sorted().toList());
    paths.add("platform");
    String path = paths.get(random.nextInt(paths.size()));
    int kind = random.nextInt(12);
    String template = TEXTS.getOrDefault(path, PLATFORM);
    if (kind == 0 && !path.equals("serve.lock")) {
      places.computeIfPresent(path, (name, at) -> "moved/" + random.nextInt(3) + "-" + name);
    } else if (kind == 1) {
      if (places.remove(path) == null && TEXTS.containsKey(path)) {
        places.put(path, path);
      }
    } else if (kind == 2) {
      places.clear();
      TEXTS.keySet().forEach(name -> places.put(name, name));
      chosen.clear();
      return "all as it was";
    } else {
      TEXTS.keySet().forEach(name -> chosen.computeIfAbsent(name, each -> new TreeMap<>()));
      // The first of the variants are the ones without mistakes, so most stay with them.
      int site = random.nextInt((int) SITE.matcher(template).results().count());
      int variant = random.nextBoolean() ? 0 : random.nextInt(6);
      chosen.computeIfAbsent(path, each -> new TreeMap<>()).put(site, variant);
      return path + " #" + site + " = " + variant;
    }
    return path + " moved or removed";
  }

  /** By path; new texts each time. */
  Map<String, String> texts() {
    var texts = new TreeMap<String, String>();
    places.forEach((path, at) -> texts.put(at, text(path, TEXTS.getOrDefault(path, ""))));
    return texts;
  }

  /** The project that is imported. */
  Map<String, String> platform() {
    return Map.of("project.serve", text("platform", PLATFORM));
  }

  private String text(String path, String template) {
    Map<Integer, Integer> choices = chosen.getOrDefault(path, new TreeMap<>());
    String text = template;
    int site = 0;
    for (Matcher found = SITE.matcher(text); found.find(); found = SITE.matcher(text)) {
      List<String> variants = List.of(found.group(1).split("\\|", -1));
      int choice = choices.getOrDefault(site++, 0) % variants.size();
      text = text.substring(0, found.start()) + variants.get(choice) + text.substring(found.end());
    }
    return text;
  }
}
