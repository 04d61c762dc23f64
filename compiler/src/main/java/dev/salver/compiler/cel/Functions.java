package dev.salver.compiler.cel;

import java.util.HashMap;
import java.util.Map;

/** The functions of the names during one run: each is called once for the same arguments. */
final class Functions {
  private record Key(String name, Map<String, Object> arguments) {}

  private final Names names;
  private final Map<Key, Names.Result> results = new HashMap<>();

  Functions(Names names) {
    this.names = names;
  }

  Names.Result call(String name, Map<String, Object> arguments) {
    Names.Function function = names.functions().get(name);
    if (function == null) {
      throw new IllegalArgumentException(name);
    }
    var key = new Key(name, arguments);
    Names.Result known = results.get(key);
    if (known == null) {
      known = function.body().call(arguments);
      results.put(key, known);
    }
    return known;
  }
}
