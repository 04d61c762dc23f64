package dev.salver.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.git.FetchResult.History;
import dev.salver.git.FetchResult.Reason;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final Set<String> ALL = Set.of("file", "git", "http", "https");

  @TempDir Path folder;
  private Path origin;

  @BeforeEach
  void init() {
    origin = folder.resolve("origin.git");
  }

  private String commit(String content) {
    try (var repository = BareRepository.open(origin)) {
      return repository
          .commit(
              "main",
              "envs",
              Map.of("x.yaml", content.getBytes(StandardCharsets.UTF_8)),
              "Say " + content,
              new Author("Ann", "ann@example.com"),
              Instant.EPOCH)
          .id();
    }
  }

  private Mirror mirror(String url) {
    return Mirror.open(folder.resolve("mirror.git"), url, "main", ALL, DEADLINE);
  }

  private static FetchResult.Fetched fetched(Mirror mirror) {
    FetchResult result = mirror.fetch();
    return assertInstanceOf(FetchResult.Fetched.class, result, result::toString);
  }

  private static String read(Mirror mirror, String commit) {
    var repository = mirror.repository();
    var tree =
        assertInstanceOf(TreeResult.Tree.class, repository.tree(commit, "envs", Limits.DEFAULT));
    var files =
        assertInstanceOf(FilesResult.Files.class, repository.files(tree, (path, entry) -> true));
    return new String(files.content().get("x.yaml"), StandardCharsets.UTF_8);
  }

  @Test
  void commitsArriveOneAfterTheOtherFromAFolder() {
    String one = commit("one");
    try (var mirror = mirror(origin.toString())) {
      assertEquals(new FetchResult.Fetched(one, Optional.empty(), History.FIRST), fetched(mirror));
      assertEquals("one", read(mirror, one));
      mirror.accept(one);
      assertEquals(History.SAME, fetched(mirror).history());
      commit("two");
      String three = commit("three");
      assertEquals(
          new FetchResult.Fetched(three, Optional.of(one), History.FORWARD), fetched(mirror));
      assertEquals("three", read(mirror, three));
    }
  }

  @Test
  void theMirrorIsShallow() {
    for (int i = 0; i < 5; i++) {
      commit("v" + i);
    }
    try (var mirror = mirror(origin.toUri().toString())) {
      mirror.accept(fetched(mirror).commit());
      var git = new GitCli(folder.resolve("mirror.git"));
      assertEquals("1", git.run("rev-list", "--count", "main"));
      git.run("fsck");
    }
  }

  @Test
  void aRewrittenHistoryIsSeenAndTheLastGoodCommitStaysReadable() {
    commit("one");
    String two = commit("two");
    try (var mirror = mirror(origin.toString())) {
      mirror.accept(fetched(mirror).commit());
      new GitCli(origin).run("update-ref", "refs/heads/main", "main~1");
      String other = commit("other");
      var found = fetched(mirror);
      assertEquals(new FetchResult.Fetched(other, Optional.of(two), History.REWRITTEN), found);
      assertEquals(Optional.of(two), mirror.accepted());
      assertEquals("two", read(mirror, two));
      assertEquals("other", read(mirror, other));
      mirror.accept(other);
      assertEquals(History.SAME, fetched(mirror).history());
    }
  }

  @Test
  void anAcceptedCommitSurvivesARestart() {
    String one = commit("one");
    try (var mirror = mirror(origin.toString())) {
      mirror.accept(fetched(mirror).commit());
    }
    try (var mirror = mirror(origin.toString())) {
      assertEquals(Optional.of(one), mirror.accepted());
      assertEquals(History.SAME, fetched(mirror).history());
    }
  }

  @Test
  void aRealGitServerIsFetchedFrom() throws Exception {
    String one = commit("one");
    int port = freePort();
    Process daemon =
        new ProcessBuilder(
                "git",
                "daemon",
                "--reuseaddr",
                "--export-all",
                "--informative-errors",
                "--listen=127.0.0.1",
                "--port=" + port,
                "--base-path=" + folder,
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("daemon.log").toFile())
            .start();
    try {
      String url = "git://127.0.0.1:" + port + "/origin.git";
      try (var mirror = mirror(url)) {
        FetchResult first = mirror.fetch();
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (first instanceof FetchResult.Failed && System.nanoTime() < end) {
          Thread.onSpinWait();
          first = mirror.fetch();
        }
        assertEquals(one, assertInstanceOf(FetchResult.Fetched.class, first).commit());
        mirror.accept(one);
        String two = commit("two");
        assertEquals(History.FORWARD, fetched(mirror).history());
        assertEquals("two", read(mirror, two));
      }
      try (var mirror = mirror("git://127.0.0.1:" + port + "/nothing.git")) {
        var failed = assertInstanceOf(FetchResult.Failed.class, mirror.fetch());
        assertEquals(Reason.REPOSITORY, failed.reason(), failed.message());
      }
    } finally {
      daemon.descendants().forEach(ProcessHandle::destroyForcibly);
      daemon.destroyForcibly().waitFor();
    }
  }

  @Test
  void aMissingBranchSaysWhichThereAre() {
    commit("one");
    try (var mirror =
        Mirror.open(folder.resolve("m.git"), origin.toString(), "live", ALL, DEADLINE)) {
      var failed = assertInstanceOf(FetchResult.Failed.class, mirror.fetch());
      assertEquals(Reason.BRANCH, failed.reason());
      assertTrue(
          failed.message().endsWith("there is no branch 'live': it has main"), failed.message());
    }
  }

  @Test
  void anEmptyRepositorySaysSo() {
    BareRepository.open(origin).close();
    try (var mirror = mirror(origin.toString())) {
      var failed = assertInstanceOf(FetchResult.Failed.class, mirror.fetch());
      assertTrue(failed.message().endsWith("the repository is empty"), failed.message());
    }
  }

  @Test
  void aFolderThatIsNoRepositorySaysSo() throws Exception {
    Files.createDirectory(origin);
    try (var mirror = mirror(origin.toString())) {
      var failed = assertInstanceOf(FetchResult.Failed.class, mirror.fetch());
      assertEquals(Reason.REPOSITORY, failed.reason(), failed.message());
    }
  }

  @Test
  void aServerThatIsNotThereIsUnreachable() throws Exception {
    try (var mirror = mirror("http://127.0.0.1:" + freePort() + "/x.git")) {
      var failed = assertInstanceOf(FetchResult.Failed.class, mirror.fetch());
      assertEquals(Reason.UNREACHABLE, failed.reason(), failed.message());
      assertTrue(failed.message().contains("connection refused"), failed.message());
    }
  }

  @Test
  void credentialsAppearInNoMessage() throws Exception {
    String url = "http://ann:hunter2@127.0.0.1:" + freePort() + "/x.git";
    try (var mirror = mirror(url)) {
      var failed = assertInstanceOf(FetchResult.Failed.class, mirror.fetch());
      assertFalse(failed.message().contains("hunter2"), failed.message());
      assertFalse(failed.message().contains("ann"), failed.message());
      assertFalse(mirror.remote().toString().contains("hunter2"));
    }
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> RemoteAddress.parse("ssh://ann:hunter2@h/x", RemoteAddress.SAFE_TRANSPORTS));
    assertFalse(refused.getMessage().contains("hunter2"), refused.getMessage());
    assertFalse(
        Files.readString(folder.resolve("mirror.git/config")).contains("hunter2"),
        "the mirror's own configuration holds no credentials");
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    commit("one");
    var server =
        com.sun.net.httpserver.HttpServer.create(
            new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "http://169.254.169.254/latest");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
    try (var mirror = mirror("http://127.0.0.1:" + server.getAddress().getPort() + "/x.git")) {
      var failed = assertInstanceOf(FetchResult.Failed.class, mirror.fetch());
      assertEquals(Reason.ADDRESS, failed.reason(), failed.message());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void transportsThatRunCommandsOrAreUnencryptedAreRefused() {
    for (String url : new String[] {"ext::sh -c id", "git://h/x", "http://h/x", "user@h:x", ""}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> RemoteAddress.parse(url, RemoteAddress.SAFE_TRANSPORTS),
          url);
    }
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
