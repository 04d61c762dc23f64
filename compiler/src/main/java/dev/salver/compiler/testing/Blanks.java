package dev.salver.compiler.testing;

import dev.salver.compiler.type.Dim;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Fit;
import dev.salver.compiler.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Values to be written over: zeros, empty texts and {@code false}, as a type wants them. */
final class Blanks {
  private static final long MAX_ELEMENTS = 16;

  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

  private Blanks() {}

  /**
   * Empty where there is none, or none that anybody would want to read.
   *
   * @param fit of the call, which knows the sizes that its other values have
   */
  static Optional<String> of(Type type, Fit fit) {
    return switch (fit.applied(type, "")) {
      case Type.Tensor tensor -> tensor(tensor);
      case Type.Fields record -> settings(record.fields(), fit).map(each -> "{ " + each + " }");
      default -> Optional.empty();
    };
  }

  /** {@code score = [0.0], label = ""}. */
  static Optional<String> settings(Map<String, Type> fields, Fit fit) {
    var settings = new ArrayList<String>();
    for (var field : fields.entrySet()) {
      Optional<String> value = of(field.getValue(), fit);
      if (value.isEmpty() || !WORD.matcher(field.getKey()).matches()) {
        return Optional.empty();
      }
      settings.add(field.getKey() + " = " + value.get());
    }
    return settings.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", settings));
  }

  private static Optional<String> tensor(Type.Tensor tensor) {
    List<Long> sizes =
        tensor.dims().stream().map(dim -> dim instanceof Dim.Size(long size) ? size : 1L).toList();
    long elements = 1;
    for (long size : sizes) {
      elements *= Math.min(size, MAX_ELEMENTS + 1);
      if (elements > MAX_ELEMENTS) {
        return Optional.empty();
      }
    }
    String text = element(tensor.element());
    for (long size : sizes.reversed()) {
      text = "[" + String.join(", ", Collections.nCopies((int) size, text)) + "]";
    }
    return Optional.of(text);
  }

  private static String element(Element element) {
    return switch (element) {
      case BOOL -> "false";
      case STRING, BYTES -> "\"\"";
      case F16, BF16, F32, F64 -> "0.0";
      default -> "0";
    };
  }
}
