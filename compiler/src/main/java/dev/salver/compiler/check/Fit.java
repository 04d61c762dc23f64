package dev.salver.compiler.check;

import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.value.Value;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Whether a model fits into an accelerator's memory. Its weights must; with a fifth on top for
 * activations and 1 GiB for the server itself it fits well. All accelerators of a replica count
 * together.
 */
record Fit(BigDecimal weights, BigDecimal comfortable) {
  private static final BigDecimal OVERHEAD = new BigDecimal("1.2");
  private static final BigDecimal SERVER = BigDecimal.valueOf(1L << 30);

  /** Empty where the size is not known; the artifact's own bytes stand in for its weights. */
  static Optional<Fit> of(Optional<Lock.Artifact> artifact) {
    return artifact
        .map(locked -> locked.weightBytes().orElse(locked.bytes()))
        .filter(bytes -> bytes > 0)
        .map(BigDecimal::valueOf)
        .map(weights -> new Fit(weights, weights.multiply(OVERHEAD).add(SERVER)));
  }

  /** How well a replica's accelerators hold it; unknown memory holds anything. */
  Grade grade(Optional<Value.Size> memory, long count) {
    if (memory.isEmpty()) {
      return Grade.WELL;
    }
    BigDecimal all = memory.get().bytes().multiply(BigDecimal.valueOf(count));
    return all.compareTo(comfortable) >= 0
        ? Grade.WELL
        : all.compareTo(weights) >= 0 ? Grade.BARELY : Grade.NOT;
  }

  /** From best to worst. */
  enum Grade {
    WELL,
    BARELY,
    NOT
  }

  /** {@code 30.5Gi}, rounded up. */
  static String shown(BigDecimal bytes) {
    BigDecimal gibi = bytes.divide(BigDecimal.valueOf(1L << 30), 1, java.math.RoundingMode.CEILING);
    return gibi.stripTrailingZeros().toPlainString() + "Gi";
  }
}
