package dev.salver.compiler.schema;

import java.util.List;
import java.util.SortedMap;

/** What stands at one place of an object. */
sealed interface Field {
  /** One value. */
  record Scalar(Kind kind) implements Field {}

  /** One of a few texts. */
  record Words(List<String> words) implements Field {
    public Words {
      words = List.copyOf(words);
    }
  }

  /** Fields by name and no others; {@code nodes} are indexes into the table. */
  record Fields(SortedMap<String, Integer> nodes) implements Field {}

  /** Keys of the user's choice. */
  record Keyed(int node) implements Field {}

  record Listed(int node) implements Field {}

  /** Whatever JSON can say. */
  record Any() implements Field {}

  /** Kinds of a single value. */
  enum Kind {
    TEXT("a text"),
    INTEGER("a whole number"),
    NUMBER("a number"),
    BOOLEAN("`true` or `false`"),
    /** {@code IntOrString}, quantities among them. */
    AMOUNT("a number, a text or a quantity");

    private final String expects;

    Kind(String expects) {
      this.expects = expects;
    }

    String expects() {
      return expects;
    }
  }
}
