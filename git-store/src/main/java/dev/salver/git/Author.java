package dev.salver.git;

/** Who a commit is by. */
public record Author(String name, String email) {
  public Author {
    if (bad(name) || bad(email)) {
      throw new IllegalArgumentException("A commit's author has a name and an address: " + name);
    }
  }

  private static boolean bad(String text) {
    return text.isBlank() || text.chars().anyMatch(c -> c < ' ' || c == '<' || c == '>');
  }
}
