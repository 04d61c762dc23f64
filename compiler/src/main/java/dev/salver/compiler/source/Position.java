package dev.salver.compiler.source;

/** A place for people: line and column count from 1, the column in code points. */
public record Position(int line, int column) {}
