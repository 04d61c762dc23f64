package dev.salver.compiler.diagnostic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What a code means: Markdown whose first line is the title, then why it is a diagnostic and what
 * to do.
 *
 * @param text without the title, ends with a newline
 */
public record Page(String title, String text) {
  static Page of(Code code) {
    String name = code.name() + ".md";
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the class path has no page " + name);
      }
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int end = all.indexOf('\n');
      return new Page(all.substring(2, end), all.substring(end).strip() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
