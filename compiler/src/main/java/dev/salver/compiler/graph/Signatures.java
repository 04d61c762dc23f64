package dev.salver.compiler.graph;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.check.Settings;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.memo.Found;
import dev.salver.compiler.memo.Memo;
import dev.salver.compiler.type.Types;
import java.util.HashMap;
import java.util.Map;

/**
 * A program's types, and what its models take and give. Can be asked again as long as what
 * declarations share and the lock are the same.
 */
public final class Signatures {
  private final Found<Types> types;
  private final Lock lock;

  /** By environment, each model by its settings there. */
  private final Map<String, Memo<Settings, Found<Service>>> models = new HashMap<>();

  public Signatures(Declarations shared, Lock lock) {
    this.types = Found.of(diagnostics -> Types.of(shared.types(), diagnostics));
    this.lock = lock;
  }

  /** The types; what is wrong with them is told. */
  Types types(Diagnostics diagnostics) {
    return types.telling(diagnostics).apart(diagnostics);
  }

  Lock lock() {
    return lock;
  }

  Memo<Settings, Found<Service>> models(String environment) {
    return models.computeIfAbsent(environment, name -> new Memo<>());
  }
}
