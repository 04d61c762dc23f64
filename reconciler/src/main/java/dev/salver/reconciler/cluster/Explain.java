package dev.salver.reconciler.cluster;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why the API server could not be asked, and what to do about it. */
final class Explain {
  private Explain() {}

  static String unauthorized(String server) {
    return server
        + " does not accept our credentials (401): the token or certificate in the kubeconfig is"
        + " missing, wrong or expired";
  }

  static String forbidden(String server, Answer answer) {
    return server + " forbids it (403): " + answer.message();
  }

  static String broken(String server, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnknownHostException e -> {
          return server + " cannot be reached: the host name does not resolve";
        }
        case SSLException e -> {
          return server
              + " cannot be trusted: "
              + e.getMessage()
              + "; check certificate-authority-data in the kubeconfig";
        }
        case ConnectException e -> {
          return server + " cannot be reached: connection refused; is the API server running?";
        }
        case HttpTimeoutException e -> {
          return server + " gave no answer in time";
        }
        case TimeoutException e -> {
          return server + " gave no answer in time";
        }
        case InterruptedException e -> {
          return "Stopped while " + server + " was asked";
        }
        default -> {}
      }
    }
    String said = failure.getMessage();
    return server
        + " broke off the connection: "
        + (said == null ? failure.getClass().getSimpleName() : said);
  }

  /** Whether the same request may well succeed a moment later. */
  static boolean mayPass(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof UnknownHostException
          || cause instanceof SSLException
          || cause instanceof InterruptedException
          || cause instanceof HttpTimeoutException
          || cause instanceof TimeoutException) {
        return false;
      }
    }
    return failure instanceof IOException || failure instanceof EOFException;
  }

  static Throwable innermost(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof ExecutionException || cause instanceof CompletionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
