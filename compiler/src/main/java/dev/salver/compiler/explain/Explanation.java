package dev.salver.compiler.explain;

import dev.salver.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * Where the value of one setting comes from.
 *
 * @param path as it was asked for, {@code fraud.scale.replicas}
 * @param value as it is written, or as the compiler chose it
 * @param writes of all layers that speak of it, the first to be laid first and the one that holds
 *     last; empty where no layer does
 * @param reason why the compiler chose it, where no layer says
 */
public record Explanation(String path, String value, List<Write> writes, Optional<String> reason) {
  public Explanation {
    writes = List.copyOf(writes);
  }

  /**
   * What one layer says.
   *
   * @param layer for people: "`model *` in `env prod`"
   * @param isFinal whether it forbids later layers
   */
  public record Write(String layer, String value, boolean isFinal, Span at) {}
}
