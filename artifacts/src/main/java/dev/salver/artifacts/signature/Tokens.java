package dev.salver.artifacts.signature;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A document of objects, lists and scalars, a token at a time. */
interface Tokens {
  /** What a token is. */
  enum Kind {
    OBJECT,
    OBJECT_END,
    LIST,
    LIST_END,
    /** A key of an object, in {@link Tokens#text}. */
    KEY,
    /** A string, number, boolean or null, in {@link Tokens#text}. */
    SCALAR,
    /** Nothing follows. */
    END
  }

  Kind next() throws IOException, Malformed;

  /** The text of the key or scalar just given; a scalar too long to matter is cut or empty. */
  String text() throws IOException, Malformed;

  /** Jumps to the end of the object or list whose start was just given. */
  void skip() throws IOException, Malformed;

  Malformed malformed(String reason);

  /** The next token, which must be the start of an object. */
  default void object(String what) throws IOException, Malformed {
    if (next() != Kind.OBJECT) {
      throw malformed(what + " is no object");
    }
  }

  /** Jumps over the value that follows. */
  default void skipValue() throws IOException, Malformed {
    switch (next()) {
      case OBJECT, LIST -> skip();
      case SCALAR -> {}
      default -> throw malformed("a value is missing");
    }
  }

  /** The scalar that follows; an object or list in its place is jumped over and reads as "". */
  default String scalar() throws IOException, Malformed {
    return switch (next()) {
      case SCALAR -> text();
      case OBJECT, LIST -> {
        skip();
        yield "";
      }
      default -> throw malformed("a value is missing");
    };
  }

  /** The list of scalars that follows; what else is in it is left out. */
  default List<String> scalars(int limit) throws IOException, Malformed {
    Kind start = next();
    if (start == Kind.OBJECT) {
      skip();
    }
    List<String> values = new ArrayList<>();
    if (start != Kind.LIST) {
      return values;
    }
    for (Kind kind = next(); kind != Kind.LIST_END; kind = next()) {
      switch (kind) {
        case SCALAR -> values.add(text());
        case OBJECT, LIST -> skip();
        default -> throw malformed("a list does not end");
      }
      if (values.size() > limit) {
        throw malformed("a list has more than " + limit + " entries");
      }
    }
    return values;
  }

  /** The scalars of the object that follows, by key. */
  default Map<String, String> fields(int limit) throws IOException, Malformed {
    Map<String, String> fields = new TreeMap<>();
    Kind start = next();
    if (start == Kind.LIST) {
      skip();
    }
    if (start != Kind.OBJECT) {
      return fields;
    }
    while (next() == Kind.KEY) {
      fields.put(text(), scalar());
      if (fields.size() > limit) {
        throw malformed("an object has more than " + limit + " keys");
      }
    }
    return fields;
  }
}
