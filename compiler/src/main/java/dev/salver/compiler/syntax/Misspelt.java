package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.dsl.ServeLexer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Words that were meant to begin a declaration. */
final class Misspelt {
  private static final Map<String, Integer> DECLARATIONS = new LinkedHashMap<>();

  static {
    for (int type = ServeLexer.IMPORT; type <= ServeLexer.TEST; type++) {
      String literal = ServeLexer.VOCABULARY.getLiteralName(type);
      DECLARATIONS.put(literal.substring(1, literal.length() - 1), type);
    }
    DECLARATIONS.put("environment", ServeLexer.ENV);
    DECLARATIONS.put("parameter", ServeLexer.PARAM);
    DECLARATIONS.put("pipeline", ServeLexer.GRAPH);
  }

  private Misspelt() {}

  /** The keyword that a word is nearly, or another language's word for. */
  static Optional<Integer> keyword(String text) {
    return text.length() < 3
        ? Optional.empty()
        : Spelling.nearest(text, DECLARATIONS.keySet()).map(DECLARATIONS::get);
  }
}
