package dev.salver.artifacts.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.artifacts.source.Staging.Stop;
import dev.salver.artifacts.source.Web.Access;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What a token endpoint grants for a form (RFC 6749, section 5.1).
 *
 * @param life from when it was asked for
 */
record TokenGrant(String token, Duration life) {
  private static final Duration USUAL = Duration.ofMinutes(5);

  /** So that none runs out on its way. */
  private static final Duration MARGIN = Duration.ofMinutes(2);

  /** Until when it is good for new requests. */
  Instant until(Instant asked) {
    return asked.plus(life).minus(MARGIN);
  }

  /**
   * @param shown the credentials in messages
   */
  static TokenGrant ask(URI endpoint, String form, String shown, Call call)
      throws IOException, Stop {
    var request =
        new Web.Request(
            "POST",
            endpoint,
            Map.of("Content-Type", "application/x-www-form-urlencoded"),
            form,
            Access.NONE);
    Web.Reply reply = new Web(shown, call).send(request);
    if (!reply.isGood()) {
      reply.drop();
      throw new Stop(
          new Failure.NotReadable(shown, "no token is given for that, status " + reply.status()));
    }
    JsonNode answer = JsonPage.read(reply.body(), shown);
    return new TokenGrant(
        answer.path("access_token").asText(),
        Duration.ofSeconds(answer.path("expires_in").asLong(USUAL.toSeconds())));
  }
}
