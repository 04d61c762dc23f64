package dev.salver.sandbox.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process for good: its number alone comes again, its number and start time don't.
 *
 * @param start the kernel's boot and its start tick in it where {@code /proc} tells them, else the
 *     instant
 */
record ProcessId(long pid, String start) {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  static Optional<ProcessId> of(ProcessHandle process) {
    return startOf(process).map(start -> new ProcessId(process.pid(), start));
  }

  /** The process, if it still lives and is the same. */
  Optional<ProcessHandle> alive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> startOf(process).filter(start::equals).isPresent());
  }

  String line() {
    return pid + " " + start;
  }

  static Optional<ProcessId> parse(String line) {
    int space = line.indexOf(' ');
    try {
      return space < 0
          ? Optional.empty()
          : Optional.of(
              new ProcessId(
                  Long.parseLong(line.substring(0, space)), line.substring(space + 1).strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> startOf(ProcessHandle process) {
    Optional<String> ticks = field(process.pid(), 22);
    if (ticks.isPresent()) {
      try {
        return Optional.of(Files.readString(BOOT).strip() + " " + ticks.get());
      } catch (IOException e) {
        return ticks;
      }
    }
    return process.info().startInstant().map(Object::toString);
  }

  /** A field of {@code /proc/PID/stat}, counted from 1 as in proc(5), after the name. */
  static Optional<String> field(long pid, int number) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ");
      return Optional.of(fields[number - 3]);
    } catch (IOException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }
}
