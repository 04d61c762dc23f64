package dev.salver.git;

import dev.salver.git.FetchResult.Failed;
import dev.salver.git.FetchResult.Reason;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TransportException;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with a fetch in words that lead on. */
final class FetchFailures {
  private static final int LONGEST = 300;

  private FetchFailures() {}

  static Failed explain(RemoteAddress remote, TransportException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnknownHostException e -> {
          return failed(remote, Reason.UNREACHABLE, "the host name does not resolve");
        }
        case SocketTimeoutException e -> {
          return failed(remote, Reason.UNREACHABLE, "no answer in time");
        }
        case NoRouteToHostException e -> {
          return failed(remote, Reason.UNREACHABLE, "no route to the host");
        }
        case ConnectException e -> {
          return failed(remote, Reason.UNREACHABLE, "nothing listens there: connection refused");
        }
        case SSLException e -> {
          return failed(remote, Reason.UNREACHABLE, "TLS failed: " + shortened(e.getMessage()));
        }
        case CorruptObjectException e -> {
          return failed(
              remote, Reason.CONTENT, "the history is not sound: " + shortened(e.getMessage()));
        }
        case NoRemoteRepositoryException e -> {
          return failed(remote, Reason.REPOSITORY, "there is no Git repository there");
        }
        default -> {}
      }
    }
    return fromText(remote, String.valueOf(failure.getMessage()));
  }

  /** JGit has no types of its own for what a server answered. */
  private static Failed fromText(RemoteAddress remote, String message) {
    String text = message.toLowerCase(Locale.ROOT);
    if (text.contains("not authorized")
        || text.contains("authentication")
        || text.contains("no credentialsprovider")) {
      return failed(
          remote, Reason.CREDENTIALS, "the remote refused the credentials, or wants some");
    } else if (text.contains("not permitted") || text.contains("forbidden")) {
      return failed(remote, Reason.CREDENTIALS, "the remote does not let this user read it");
    } else if (text.contains("not found")
        || text.contains("not exported")
        || text.contains("no such repository")) {
      return failed(remote, Reason.REPOSITORY, "there is no Git repository there");
    } else if (text.contains("redirect")) {
      return failed(
          remote, Reason.ADDRESS, "the remote redirects elsewhere; write the final address");
    }
    return failed(remote, Reason.UNREACHABLE, shortened(withoutAddress(remote, message)));
  }

  private static String withoutAddress(RemoteAddress remote, String message) {
    String start = remote + ": ";
    return message.startsWith(start) ? message.substring(start.length()) : message;
  }

  private static Failed failed(RemoteAddress remote, Reason reason, String message) {
    return new Failed(reason, remote + ": " + message);
  }

  private static String shortened(@Nullable String message) {
    String line = message == null ? "no reason given" : message.lines().findFirst().orElse("");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
