package dev.salver.server.model;

import dev.salver.server.codec.JsonOut;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Lines about the server's life, as text or as JSON. No framework: one would cost a tenth of the
 * start.
 */
public record Log(PrintStream out, boolean json) {
  public void info(String message) {
    line("info", message);
  }

  public void error(String message) {
    line("error", message);
  }

  private void line(String level, String message) {
    String oneLine = message.replace('\n', ' ');
    String time = Instant.now().toString();
    if (json) {
      byte[] line =
          new JsonOut()
              .raw("{\"time\":")
              .quoted(time)
              .raw(",\"level\":")
              .quoted(level)
              .raw(",\"message\":")
              .quoted(oneLine)
              .raw('}')
              .bytes();
      out.println(new String(line, StandardCharsets.UTF_8));
    } else {
      out.println(time + " " + level + " " + oneLine);
    }
    out.flush();
  }
}
