package dev.salver.cli;

/** How diagnostics are shown. */
enum ReportFormat {
  /** For people, on standard error. */
  TEXT,
  /** One object on standard output. */
  JSON,
  /** SARIF 2.1.0, for code scanning. */
  SARIF,
  /** Workflow commands, which GitHub shows beside the lines. */
  GITHUB
}
