package dev.salver.artifacts.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads PyTorch's ZIP files: of TorchScript the schema of the root class's {@code forward}, which
 * lies there as source text; of other pickles nothing but their size.
 */
final class TorchReader {
  private static final int MAX_SOURCE = 4 << 20;
  private static final int MAX_HEAD = 4 << 10;

  private final Archive archive;
  private final Input input;
  private final String root;

  private TorchReader(Archive archive, Input input, String root) {
    this.archive = archive;
    this.input = input;
    this.root = root;
  }

  /** Empty where the archive is none of PyTorch's. */
  static Optional<Inspection> read(Input input) throws IOException, Malformed {
    Archive archive = Archive.of(input);
    if (archive.members().containsKey("MAR-INF/MANIFEST.json")) {
      return Optional.of(known(Optional.empty(), OptionalLong.empty(), "a TorchServe archive"));
    }
    for (String name : archive.members().keySet()) {
      if (name.endsWith("/data.pkl") && name.indexOf('/') == name.length() - 9) {
        String root = name.substring(0, name.length() - 8);
        return Optional.of(new TorchReader(archive, input, root).model());
      }
    }
    return Optional.empty();
  }

  private Inspection model() throws IOException, Malformed {
    OptionalLong weights = OptionalLong.of(weights());
    boolean script =
        archive.members().keySet().stream().anyMatch(name -> name.startsWith(root + "code/"));
    if (!script) {
      return known(
          Optional.empty(),
          weights,
          "a pickle of PyTorch, which only the code that made it can load; TorchScript or ONNX carry"
              + " their own");
    }
    String type = rootType();
    int dot = type.lastIndexOf('.');
    String path = root + "code/" + type.substring(0, Math.max(dot, 0)).replace('.', '/') + ".py";
    var member = archive.members().get(path);
    if (member == null) {
      throw input.malformed("its class " + Words.brief(type) + " has no source in the archive");
    }
    if (member.size() > MAX_SOURCE) {
      throw input.malformed("its source is " + member.size() + " bytes long");
    }
    String source = new String(archive.start(member, MAX_SOURCE), StandardCharsets.UTF_8);
    Optional<Signature> forward = new TorchSchema(source, input).forward(type.substring(dot + 1));
    return known(
        forward,
        weights,
        forward.isEmpty()
            ? "TorchScript whose class " + Words.brief(type) + " has no forward"
            : "TorchScript of " + Words.brief(type) + "; it holds no shapes or element types");
  }

  private static Inspection known(
      Optional<Signature> signature, OptionalLong weights, String note) {
    return new Inspection.Known("pytorch", signature, weights, false, List.of(note));
  }

  private long weights() {
    return archive.members().values().stream()
        .filter(
            member ->
                member.name().startsWith(root + "data/")
                    || member.name().startsWith(root + "constants/"))
        .mapToLong(Archive.Member::size)
        .reduce(0, (a, b) -> Math.min(a, Long.MAX_VALUE / 2) + Math.min(b, Long.MAX_VALUE / 2));
  }

  /**
   * The class of the object that the pickle holds. Its first instructions are the protocol and that
   * class's name: {@code 80 02 'c' module \n name \n}.
   */
  private String rootType() throws IOException, Malformed {
    var pickle = archive.members().get(root + "data.pkl");
    byte[] head = pickle == null ? new byte[0] : archive.start(pickle, MAX_HEAD);
    String text = new String(head, StandardCharsets.UTF_8);
    int start = head.length > 2 && (head[0] & 0xff) == 0x80 ? text.indexOf('c') + 1 : 0;
    int middle = text.indexOf('\n', start);
    int end = text.indexOf('\n', middle + 1);
    if (start == 0 || start > 4 || middle < 0 || end < 0 || !text.startsWith("__torch__", start)) {
      throw input.malformed("its pickle does not start with a class of TorchScript");
    }
    return text.substring(start, middle) + "." + text.substring(middle + 1, end);
  }
}
