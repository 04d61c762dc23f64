package dev.salver.artifacts.source;

import java.util.List;

/** Why a source did not give its files. {@link #message} is one line for people. */
public sealed interface Failure {
  String message();

  record BadAddress(String address, String reason) implements Failure {
    @Override
    public String message() {
      return "\"" + address + "\" is no address of a model: " + reason;
    }
  }

  record UnsupportedScheme(String scheme, List<String> supported) implements Failure {
    @Override
    public String message() {
      return "models can't be read from "
          + scheme
          + ": addresses; supported are "
          + String.join(", ", supported);
    }
  }

  record Missing(String address) implements Failure {
    @Override
    public String message() {
      return "there is nothing at " + address;
    }
  }

  record NotReadable(String address, String reason) implements Failure {
    @Override
    public String message() {
      return "can't read " + address + ": " + reason;
    }
  }

  record CutShort(String address, long expected, long received) implements Failure {
    @Override
    public String message() {
      return address
          + " was cut short: "
          + received
          + " of "
          + expected
          + " bytes came; nothing was kept";
    }
  }

  record TooLarge(String address, long limit) implements Failure {
    @Override
    public String message() {
      return address + " is larger than the " + limit + " bytes allowed";
    }
  }

  record DigestMismatch(String address, String expected, String actual) implements Failure {
    @Override
    public String message() {
      return address
          + " has sha256 "
          + actual
          + " where "
          + expected
          + " was expected; nothing was kept";
    }
  }

  /** What is fetched could not be written here. */
  record NotWritable(String folder, String reason) implements Failure {
    @Override
    public String message() {
      return "can't write to " + folder + ": " + reason;
    }
  }
}
