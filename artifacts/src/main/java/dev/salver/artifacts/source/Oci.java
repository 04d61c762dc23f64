package dev.salver.artifacts.source;
final class Oci {
  static Outcome<Place> open(String address, Surroundings surroundings) { return Sources.bad(address, "later"); }
}
