package dev.salver.artifacts.signature;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The members of a ZIP file, by its central directory (APPNOTE 6.3.10, with ZIP64). Names that lead
 * outside, members that overlap and sizes that no compression reaches are refused.
 */
final class Archive {
  private static final int MAX_DIRECTORY = 64 << 20;
  private static final int MAX_MEMBERS = 500_000;
  private static final int TAIL = 22 + 65_535 + 20;
  private static final int MAX_RATIO = 1_032;
  private static final long MAX_32 = 0xffff_ffffL;

  private final Input input;
  private final SortedMap<String, Member> members = new TreeMap<>();

  private Archive(Input input) {
    this.input = input;
  }

  /**
   * A file in it.
   *
   * @param method 0 stored, 8 deflated
   * @param packed bytes in the archive
   * @param size bytes unpacked
   * @param header where its own header starts
   */
  record Member(String name, int method, long packed, long size, long header) {}

  static Archive of(Input input) throws IOException, Malformed {
    var archive = new Archive(input);
    archive.read();
    return archive;
  }

  SortedMap<String, Member> members() {
    return Collections.unmodifiableSortedMap(members);
  }

  /** Where the central directory is. */
  private record Directory(long offset, long size, long members) {}

  private void read() throws IOException, Malformed {
    Directory directory = directory();
    input.seek(directory.offset());
    var bytes = ByteBuffer.wrap(input.take((int) directory.size())).order(ByteOrder.LITTLE_ENDIAN);
    List<Member> all = new ArrayList<>();
    while (bytes.hasRemaining()) {
      Member member = member(bytes, directory);
      if (member.name().endsWith("/")) {
        continue;
      }
      all.add(member);
      if (members.put(member.name(), member) != null) {
        throw at(member, "the archive has two files named \"" + shown(member) + "\"");
      }
    }
    all.sort(Comparator.comparingLong(Member::header));
    long end = 0;
    for (Member member : all) {
      if (member.header() < end) {
        throw at(member, "\"" + shown(member) + "\" overlaps another file of the archive");
      }
      end = member.header() + 30 + member.packed();
      if (end > directory.offset() || end < 0) {
        throw at(member, "\"" + shown(member) + "\" is said to be longer than the archive");
      }
    }
  }

  private Malformed at(Member member, String reason) {
    return new Malformed(reason, input.name(), member.header());
  }

  private static String shown(Member member) {
    return Words.brief(member.name());
  }

  private Directory directory() throws IOException, Malformed {
    long from = Math.max(0, input.size() - TAIL);
    input.seek(from);
    var tail =
        ByteBuffer.wrap(input.take((int) (input.size() - from))).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = tail.limit() - 22; at >= 0; at--) {
      if (tail.getInt(at) == 0x06054b50
          && at + 22 + Short.toUnsignedInt(tail.getShort(at + 20)) == tail.limit()) {
        long members = Short.toUnsignedLong(tail.getShort(at + 10));
        long size = Integer.toUnsignedLong(tail.getInt(at + 12));
        long offset = Integer.toUnsignedLong(tail.getInt(at + 16));
        boolean large = at >= 20 && tail.getInt(at - 20) == 0x07064b50;
        return checked(
            large ? large(tail.getLong(at - 12)) : new Directory(offset, size, members), from + at);
      }
    }
    throw new Malformed("the archive has no end; it may be cut short", input.name(), input.size());
  }

  private Directory large(long at) throws IOException, Malformed {
    if (at < 0 || at > input.size() - 56) {
      throw new Malformed("the archive's directory is outside of it", input.name(), input.size());
    }
    input.seek(at);
    var end = ByteBuffer.wrap(input.take(56)).order(ByteOrder.LITTLE_ENDIAN);
    if (end.getInt(0) != 0x06064b50) {
      throw new Malformed(
          "the archive's directory is not where it is said to be", input.name(), at);
    }
    return new Directory(end.getLong(48), end.getLong(40), end.getLong(32));
  }

  private Directory checked(Directory directory, long end) throws Malformed {
    if (directory.members() < 0
        || directory.members() > MAX_MEMBERS
        || directory.size() > MAX_DIRECTORY) {
      throw new Malformed("the archive says it has too many files", input.name(), end);
    }
    if (directory.offset() < 0
        || directory.size() < 0
        || directory.size() > end
        || directory.offset() > end - directory.size()) {
      throw new Malformed("the archive's directory is outside of it", input.name(), end);
    }
    return directory;
  }

  private Member member(ByteBuffer bytes, Directory directory) throws Malformed {
    long at = directory.offset() + bytes.position();
    int start = bytes.position();
    if (bytes.remaining() < 46 || bytes.getInt(start) != 0x02014b50) {
      throw new Malformed("the archive's directory is damaged", input.name(), at);
    }
    int flags = Short.toUnsignedInt(bytes.getShort(start + 8));
    int method = Short.toUnsignedInt(bytes.getShort(start + 10));
    long packed = Integer.toUnsignedLong(bytes.getInt(start + 20));
    long size = Integer.toUnsignedLong(bytes.getInt(start + 24));
    int nameLength = Short.toUnsignedInt(bytes.getShort(start + 28));
    int extraLength = Short.toUnsignedInt(bytes.getShort(start + 30));
    int commentLength = Short.toUnsignedInt(bytes.getShort(start + 32));
    long header = Integer.toUnsignedLong(bytes.getInt(start + 42));
    int next = start + 46 + nameLength + extraLength + commentLength;
    if (next > bytes.limit()) {
      throw new Malformed("the archive's directory is damaged", input.name(), at);
    }
    byte[] name = new byte[nameLength];
    bytes.get(start + 46, name);
    int extra = start + 46 + nameLength;
    int extraEnd = extra + extraLength;
    while (extra + 4 <= extraEnd) {
      int id = Short.toUnsignedInt(bytes.getShort(extra));
      int end = extra + 4 + Short.toUnsignedInt(bytes.getShort(extra + 2));
      int value = extra + 4;
      if (id == 1 && end <= extraEnd) {
        if (size == MAX_32 && value + 8 <= end) {
          size = bytes.getLong(value);
          value += 8;
        }
        if (packed == MAX_32 && value + 8 <= end) {
          packed = bytes.getLong(value);
          value += 8;
        }
        if (header == MAX_32 && value + 8 <= end) {
          header = bytes.getLong(value);
        }
      }
      extra = end;
    }
    bytes.position(next);
    var member = new Member(new String(name, StandardCharsets.UTF_8), method, packed, size, header);
    check(member, flags, at);
    return member;
  }

  private void check(Member member, int flags, long at) throws Malformed {
    String name = member.name();
    String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    String reason =
        !Contents.isPlain(path)
            ? "leads out of the archive"
            : (flags & 1) != 0
                ? "is encrypted"
                : member.packed() < 0 || member.size() < 0 || member.header() < 0
                    ? "has an impossible size"
                    : member.method() != 0 && member.method() != 8
                        ? "is compressed by method " + member.method() + ", which is not read"
                        : member.method() == 0 && member.packed() != member.size()
                            ? "is not compressed and yet has two sizes"
                            : member.size() / MAX_RATIO > member.packed() + 1
                                ? "claims to unpack from "
                                    + member.packed()
                                    + " bytes to "
                                    + member.size()
                                : "";
    if (!reason.isEmpty()) {
      throw new Malformed(
          "\"" + Words.brief(name) + "\" in the archive " + reason, input.name(), at);
    }
  }

  /** The first bytes of a member, at most so many. */
  byte[] start(Member member, int limit) throws IOException, Malformed {
    input.seek(member.header());
    var head = ByteBuffer.wrap(input.take(30)).order(ByteOrder.LITTLE_ENDIAN);
    if (head.getInt(0) != 0x04034b50) {
      throw at(member, "\"" + shown(member) + "\" is not where the archive's directory says");
    }
    long data =
        member.header()
            + 30
            + Short.toUnsignedInt(head.getShort(26))
            + Short.toUnsignedInt(head.getShort(28));
    if (member.packed() > input.size() - data) {
      throw at(member, "\"" + shown(member) + "\" is said to be longer than the archive");
    }
    input.seek(data);
    int wanted = (int) Math.min(member.size(), limit);
    return member.method() == 0 ? input.take(wanted) : inflate(member, wanted);
  }

  private byte[] inflate(Member member, int wanted) throws IOException, Malformed {
    byte[] out = new byte[wanted];
    long left = member.packed();
    int done = 0;
    var inflater = new Inflater(true);
    try {
      while (done < wanted) {
        int n = inflater.inflate(out, done, wanted - done);
        done += n;
        if (n == 0 && (inflater.finished() || inflater.needsDictionary() || left == 0)) {
          throw at(member, "\"" + shown(member) + "\" unpacks to less than it says");
        }
        if (n == 0 && inflater.needsInput()) {
          int chunk = (int) Math.min(left, 8 << 10);
          inflater.setInput(input.take(chunk));
          left -= chunk;
        }
      }
    } catch (DataFormatException e) {
      throw at(member, "\"" + shown(member) + "\" can't be unpacked");
    } finally {
      inflater.end();
    }
    return out;
  }
}
