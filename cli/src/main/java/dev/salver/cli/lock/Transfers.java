package dev.salver.cli.lock;

import dev.salver.artifacts.source.Progress;
import dev.salver.cli.terminal.Terminal;
import java.time.Duration;
import java.util.Locale;

/**
 * How far the reading of several sources is: one line that is rewritten where a person watches, a
 * line per event elsewhere. Safe for use by several threads.
 */
final class Transfers {
  private static final long REDRAW = 100_000_000L;

  private final Terminal terminal;
  private final boolean quiet;
  private final int sources;
  private final long start = System.nanoTime();
  private long drawn;
  private long expected;
  private long received;
  private int done;
  private boolean dirty;

  /**
   * @param quiet whether nothing is shown, because a script reads
   */
  Transfers(Terminal terminal, boolean quiet, int sources) {
    this.terminal = terminal;
    this.quiet = quiet;
    this.sources = sources;
  }

  /** Hears of one source. */
  Progress of(String source) {
    return new Progress() {
      @Override
      public void expected(long bytes) {
        add(bytes, 0);
      }

      @Override
      public void received(long bytes) {
        add(0, bytes);
      }

      @Override
      public void retrying(String address, String reason, Duration pause) {
        say("again", address + " in " + Terminal.seconds(pause) + ": " + reason);
      }
    };
  }

  private synchronized void add(long more, long came) {
    expected += more;
    received += came;
    draw(false);
  }

  /** One source is read; says so on a line of its own. */
  synchronized void finished(String what, String details) {
    done++;
    say(what, details);
    draw(true);
  }

  synchronized void say(String what, String details) {
    if (!quiet) {
      clear();
      terminal.step(what, details);
    }
  }

  synchronized void failed(String reason) {
    done++;
    if (!quiet) {
      clear();
      terminal.problem(reason);
    }
    draw(true);
  }

  /** Takes the line away. */
  synchronized void end() {
    clear();
  }

  private void draw(boolean now) {
    long time = System.nanoTime();
    if (quiet || !terminal.coloured() || (!now && time - drawn < REDRAW) || done == sources) {
      return;
    }
    drawn = time;
    double seconds = Math.max(0.1, (time - start) / 1e9);
    clear();
    terminal
        .err()
        .print(
            terminal.dim(
                done
                    + " of "
                    + sources
                    + " sources, "
                    + size(received)
                    + (expected > received ? " of " + size(expected) : "")
                    + ", "
                    + size((long) (received / seconds))
                    + "/s"));
    terminal.err().flush();
    dirty = true;
  }

  private void clear() {
    if (dirty) {
      terminal.err().print("\r\u001b[K");
      terminal.err().flush();
      dirty = false;
    }
  }

  /** {@code 512 B}, {@code 1.4 MiB}. */
  static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double size = bytes;
    int unit = -1;
    while (size >= 1024 && unit < 4) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %siB", size, "KMGTP".charAt(unit));
  }
}
