package dev.salver.server.codec;

/**
 * The protocol's free parameters. Those that would change what an answer means are refused where
 * this server does not know them; all others are let pass, as peers do.
 */
final class Parameters {
  private static final String BINARY =
      "tensors as binary data are not supported by this server; send and ask for JSON data";

  private Parameters() {}

  /** Goes past the parameters; refuses where one of that name is true. */
  static void refuseFlag(JsonCursor in, String name) throws Refusal {
    if (in.peek() != '{') {
      in.skip();
      return;
    }
    in.take('{');
    if (in.take('}')) {
      return;
    }
    do {
      String member = in.name();
      if (member.equals(name) && in.peek() == 't') {
        throw new Refusal(BINARY);
      }
      in.skip();
    } while (in.another('}'));
  }

  /** Goes past an input's parameters; refuses one that announces binary data. */
  static void refuseSize(JsonCursor in, String input) throws Refusal {
    if (in.peek() != '{') {
      in.skip();
      return;
    }
    in.take('{');
    if (in.take('}')) {
      return;
    }
    do {
      if (in.name().equals("binary_data_size")) {
        throw new Refusal("input " + input + ": " + BINARY);
      }
      in.skip();
    } while (in.another('}'));
  }
}
