package dev.salver.reconciler.operator;

/** Is told what happens, as it happens; must not block. Calls come from several threads. */
@FunctionalInterface
public interface OperatorListener {
  /** For those who only ask for the status. */
  OperatorListener SILENT = happening -> {};

  void on(Happening happening);
}
