package dev.salver.sandbox.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hands out loopback ports below the range that the kernel gives to outgoing connections, so that
 * none is taken between two starts of a program.
 */
final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;

  private final Set<Integer> handedOut = new HashSet<>();
  private int next = ThreadLocalRandom.current().nextInt(COUNT);

  /**
   * A port nobody listens on.
   *
   * @throws IOException where the whole range is taken
   */
  synchronized int take() throws IOException {
    for (int tries = 0; tries < COUNT; tries++) {
      int port = FIRST + next;
      next = (next + 1) % COUNT;
      if (!handedOut.contains(port) && isFree(port)) {
        handedOut.add(port);
        return port;
      }
    }
    throw new IOException(
        "no free loopback port between " + FIRST + " and " + (FIRST + COUNT - 1) + " is left");
  }

  synchronized void giveBack(int port) {
    handedOut.remove(port);
  }

  /** Keeps a port that a pod already has, unless someone else has it now. */
  synchronized boolean keep(int port) {
    return isFree(port) && handedOut.add(port);
  }

  static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
