package dev.salver.cli;

/** How a command answers: for people, or for scripts. */
enum Format {
  TEXT,
  JSON
}
