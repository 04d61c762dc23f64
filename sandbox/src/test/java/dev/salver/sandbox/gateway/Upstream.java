package dev.salver.sandbox.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server behind the gateway, in this process. */
final class Upstream implements AutoCloseable {
  final AtomicInteger now = new AtomicInteger();
  final AtomicInteger most = new AtomicInteger();
  final AtomicInteger all = new AtomicInteger();
  final CountDownLatch gate = new CountDownLatch(1);
  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  Upstream(String name) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(executor);
    server.createContext("/", exchange -> answer(name, exchange));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(String name, HttpExchange exchange) throws IOException {
    all.incrementAndGet();
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    try (exchange) {
      long read = exchange.getRequestBody().transferTo(java.io.OutputStream.nullOutputStream());
      String path = exchange.getRequestURI().toString();
      if (path.startsWith("/hold")) {
        gate.await();
      }
      String text =
          path.equals("/headers")
              ? exchange.getRequestHeaders().entrySet().toString()
              : name + " " + exchange.getRequestMethod() + " " + path + " " + read;
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("X-Answered-By", name);
      exchange.sendResponseHeaders(path.startsWith("/teapot") ? 418 : 200, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      now.decrementAndGet();
    }
  }

  @Override
  public void close() {
    gate.countDown();
    server.stop(0);
    executor.shutdownNow();
  }
}
