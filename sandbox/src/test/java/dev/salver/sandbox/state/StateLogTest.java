package dev.salver.sandbox.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateLogTest {
  @TempDir Path temp;

  @Test
  void recordsComeBackInOrder() throws IOException {
    write("one", "two", "three");
    assertEquals(List.of("one", "two", "three"), read());
  }

  @Test
  void aLogTornAtAnyByteOfItsLastRecordKeepsEverythingBefore() throws IOException {
    write("one", "two");
    Path log = temp.resolve("objects/objects.log.0");
    long before = Files.size(log);
    write("the last record");
    byte[] whole = Files.readAllBytes(log);
    for (int length = (int) before; length < whole.length; length++) {
      Files.write(log, Arrays.copyOf(whole, length));
      assertEquals(List.of("one", "two"), read(), "cut at byte " + length);
      write("more");
      assertEquals(List.of("one", "two", "more"), read(), "written on after a cut at " + length);
    }
  }

  @Test
  void aRecordWithAWrongBitIsCutOffAndKeptBeside() throws IOException {
    write("one", "two");
    Path log = temp.resolve("objects/objects.log.0");
    byte[] whole = Files.readAllBytes(log);
    whole[whole.length - 1] ^= 1;
    Files.write(log, whole);
    assertEquals(List.of("one"), read());
    assertEquals(whole.length, Files.size(temp.resolve("objects/objects.log.0.torn")));
  }

  @Test
  void anEmptyFileIsALogWithoutRecords() throws IOException {
    write("one");
    Files.write(temp.resolve("objects/objects.log.0"), new byte[3]);
    assertEquals(List.of(), read());
    write("two");
    assertEquals(List.of("two"), read());
  }

  @Test
  void aSnapshotTakesThePlaceOfWhatCameBefore() throws IOException {
    try (StateFolder folder = StateFolder.open(temp);
        StateLog log = StateLog.open(folder, "objects", record -> {})) {
      log.append(bytes("old"));
      log.compact(List.of(bytes("kept")));
      log.append(bytes("new"));
    }
    assertEquals(List.of("kept", "new"), read());
    try (var files = Files.list(temp.resolve("objects"))) {
      assertEquals(
          List.of("objects.log.1", "objects.snapshot.1"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void aSnapshotThatWasNotFinishedDoesNotCount() throws IOException {
    write("one");
    Files.writeString(temp.resolve("objects/objects.snapshot.new"), "half");
    Files.writeString(temp.resolve("objects/objects.log.1"), "");
    assertEquals(List.of("one"), read());
  }

  @Test
  void aDamagedSnapshotIsSaidAndNotPassedOver() throws IOException {
    try (StateFolder folder = StateFolder.open(temp);
        StateLog log = StateLog.open(folder, "objects", record -> {})) {
      log.compact(List.of(bytes("one"), bytes("two")));
    }
    Path snapshot = temp.resolve("objects/objects.snapshot.1");
    byte[] whole = Files.readAllBytes(snapshot);
    whole[whole.length - 1] ^= 1;
    Files.write(snapshot, whole);
    var failure = assertThrows(IOException.class, this::read);
    assertTrue(failure.getMessage().contains("is damaged"), failure::getMessage);
  }

  @Test
  void aFolderIsOneSandboxsAtATime() throws IOException {
    try (StateFolder first = StateFolder.open(temp)) {
      var failure = assertThrows(IOException.class, () -> StateFolder.open(temp));
      assertTrue(failure.getMessage().contains("in use by another"), failure::getMessage);
      assertTrue(Files.exists(first.path("lock")));
    }
    StateFolder.open(temp).close();
  }

  private void write(String... records) throws IOException {
    try (StateFolder folder = StateFolder.open(temp);
        StateLog log = StateLog.open(folder, "objects", record -> {})) {
      for (String record : records) {
        log.append(bytes(record));
      }
    }
  }

  private List<String> read() throws IOException {
    var records = new ArrayList<String>();
    try (StateFolder folder = StateFolder.open(temp);
        StateLog log =
            StateLog.open(
                folder,
                "objects",
                record -> records.add(new String(record, StandardCharsets.UTF_8)))) {
      log.sync();
    }
    return records;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
