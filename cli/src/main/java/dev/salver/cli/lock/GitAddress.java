package dev.salver.cli.lock;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code git:HOST/PATH//FOLDER@NAME}: a project in a repository. The folder may be left out, and
 * the name, which is the default branch then; before the host {@code https://} may stand, or {@code
 * file://} for a repository of this machine.
 *
 * @param name a tag, a branch or a commit
 * @param folder of the project in the repository, empty for its root
 */
record GitAddress(String url, String name, String folder) {
  private static final Pattern FORM =
      Pattern.compile("git:(?:(https://|file://))?([^@\\s]+?)(?://([^@\\s]+?))?/?(?:@([^@\\s]+))?");

  static Optional<GitAddress> of(String source) {
    var match = FORM.matcher(source);
    if (!match.matches()) {
      return Optional.empty();
    }
    String scheme = match.group(1);
    String path = match.group(2);
    String url =
        path.startsWith("/") && scheme == null
            ? path
            : (scheme == null ? "https://" : scheme) + path;
    return Optional.of(
        new GitAddress(
            url,
            Optional.ofNullable(match.group(4)).orElse("HEAD"),
            Optional.ofNullable(match.group(3)).orElse("")));
  }
}
