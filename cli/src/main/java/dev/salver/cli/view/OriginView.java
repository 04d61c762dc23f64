package dev.salver.cli.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.cli.terminal.Terminal;
import dev.salver.compiler.explain.Explanation;
import dev.salver.compiler.explain.Explanation.Write;
import dev.salver.kube.Json;
import java.util.List;

/** Where settings come from, for people and for scripts. */
public final class OriginView {
  private OriginView() {}

  /** A paragraph a setting: its value, then each layer with its place, the one that holds last. */
  public static String text(List<Explanation> explanations, Terminal terminal) {
    var out = new StringBuilder();
    for (Explanation each : explanations) {
      out.append(out.isEmpty() ? "" : "\n");
      out.append(terminal.bold(each.path() + " = " + each.value())).append('\n');
      each.reason().ifPresent(reason -> out.append("  chosen: ").append(reason).append('\n'));
      int widest = each.writes().stream().mapToInt(write -> write.layer().length()).max().orElse(0);
      for (int i = 0; i < each.writes().size(); i++) {
        Write write = each.writes().get(i);
        boolean holds = i == each.writes().size() - 1;
        out.append(holds ? "  > " : "    ")
            .append(write.layer())
            .append(" ".repeat(widest - write.layer().length() + 2))
            .append(write.isFinal() ? "final " : "")
            .append(write.value())
            .append("   ")
            .append(write.at())
            .append('\n');
      }
    }
    return out.toString();
  }

  /**
   * {@code {environment, settings: [{path, value, reason, writes: [{layer, value, final, file,
   * line, column}]}]}}, on one line.
   */
  public static String json(String environment, List<Explanation> explanations) {
    ObjectNode root = Json.object().put("environment", environment);
    ArrayNode settings = root.putArray("settings");
    for (Explanation each : explanations) {
      ObjectNode setting = settings.addObject();
      setting.put("path", each.path()).put("value", each.value());
      each.reason().ifPresent(reason -> setting.put("reason", reason));
      ArrayNode writes = setting.putArray("writes");
      for (Write write : each.writes()) {
        writes
            .addObject()
            .put("layer", write.layer())
            .put("value", write.value())
            .put("final", write.isFinal())
            .put("file", write.at().file().path())
            .put("line", write.at().from().line())
            .put("column", write.at().from().column());
      }
    }
    return Json.write(root);
  }
}
