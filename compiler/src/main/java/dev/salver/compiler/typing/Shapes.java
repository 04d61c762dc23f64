package dev.salver.compiler.typing;

import dev.salver.compiler.typing.Shape.Base;

/** Shapes that need no more words. */
public final class Shapes {
  public static final Shape UNKNOWN = new Shape.Unknown();
  public static final Shape NUMBER = new Shape.One(Base.NUMBER);
  public static final Shape TEXT = new Shape.One(Base.TEXT);
  public static final Shape BOOL = new Shape.One(Base.BOOL);

  private Shapes() {}
}
