package dev.salver.sandbox.node;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Tries a probe once, within its timeout. */
final class ProbeTry {
  private static final int LINE = 1024;

  private ProbeTry() {}

  /**
   * Asks now.
   *
   * @param environment of the container, for {@code exec}
   */
  static Probe.Result run(
      Probe.Action action, Duration timeout, Map<String, String> environment, Path folder) {
    try {
      return switch (action) {
        case Probe.Action.Http http -> http(http, timeout);
        case Probe.Action.Tcp tcp -> {
          connect(tcp.port(), timeout).close();
          yield new Probe.Result(true, "connected");
        }
        case Probe.Action.Exec exec -> exec(exec.command(), timeout, environment, folder);
        case Probe.Action.Unsupported unsupported -> new Probe.Result(false, unsupported.why());
      };
    } catch (IOException e) {
      return new Probe.Result(false, String.valueOf(e.getMessage()));
    }
  }

  private static Probe.Result http(Probe.Action.Http http, Duration timeout) throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    try (Socket plain = connect(http.port(), timeout);
        Socket socket = http.tls() ? encrypted(plain) : plain) {
      var request = new StringBuilder();
      String path = http.path().startsWith("/") ? http.path() : "/" + http.path();
      request.append("GET ").append(path).append(" HTTP/1.1\r\n");
      if (http.headers().keySet().stream().noneMatch("host"::equalsIgnoreCase)) {
        request.append("Host: 127.0.0.1:").append(http.port()).append("\r\n");
      }
      request.append("User-Agent: kube-probe/1.32\r\nConnection: close\r\n");
      http.headers().forEach((n, v) -> request.append(n).append(": ").append(v).append("\r\n"));
      request.append("\r\n");
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
      String status = line(socket, deadline);
      String[] words = status.split(" ", 3);
      int code = words.length > 1 && words[1].matches("\\d{3}") ? Integer.parseInt(words[1]) : 0;
      return new Probe.Result(
          code >= 200 && code < 400, "HTTP probe of " + path + " answered " + status);
    }
  }

  private static String line(Socket socket, long deadline) throws IOException {
    InputStream in = socket.getInputStream();
    var line = new StringBuilder();
    while (line.length() < LINE) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new IOException("the probe timed out");
      }
      socket.setSoTimeout((int) left);
      int next = in.read();
      if (next < 0 || next == '\n') {
        break;
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  private static Probe.Result exec(
      List<String> command, Duration timeout, Map<String, String> environment, Path folder)
      throws IOException {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      Processes.closeInput(process);
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Probe.Result(false, command.getFirst() + " did not end in time");
      }
      int code = process.exitValue();
      return new Probe.Result(code == 0, command.getFirst() + " ended with " + code);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Probe.Result(false, "interrupted");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Socket connect(int port, Duration timeout) throws IOException {
    var socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) timeout.toMillis());
      socket.setSoTimeout((int) timeout.toMillis());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw new IOException("can't connect to 127.0.0.1:" + port + ": " + e.getMessage(), e);
    }
  }

  /** Certificates are not looked at, as the kubelet does not. */
  private static Socket encrypted(Socket plain) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new AnyCertificate()}, null);
      return context.getSocketFactory().createSocket(plain, "127.0.0.1", plain.getPort(), true);
    } catch (GeneralSecurityException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static final class AnyCertificate implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
