package dev.salver.server.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The scanner takes what JSON is and nothing else; Jackson is the judge. */
final class JsonCursorTest {
  private static final JsonFactory JACKSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build())
          .build();

  private static final List<String> SEEDS =
      List.of(
          "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,4],\"datatype\":\"FP32\",\"data\":[5.1,-3.5e2,1.4E-3,0]}]}",
          "{\"a\":{\"b\":[true,false,null,\"\\n\\u00e9\\\\ \\\"q\\\"\"]},\"c\":[[],{},[[1]]]}",
          "[\"é😀\u007f\", \"\\ud83d\\ude00\", 1.0, -0, 0.5]",
          "  {\"x\" : [ 1 , 2 ] }\r\n\t ",
          "\"lone\"",
          "-12.5e+3");

  private static final byte[] PIECES =
      "{}[],:\"\\0123456789.eE+-truefalsn \n\t\u0001xu".getBytes(StandardCharsets.UTF_8);

  @Test
  void documentsBentByChanceAreTakenExactlyWhenJacksonTakesThem() {
    var random = new Random(5);
    int taken = 0;
    for (int i = 0; i < 150_000; i++) {
      byte[] document = bend(SEEDS.get(random.nextInt(SEEDS.size())), random);
      String text = new String(document, StandardCharsets.ISO_8859_1);
      if (text.toLowerCase(Locale.ROOT).contains("\\ud")) {
        continue; // Jackson lets halves of surrogate pairs pass.
      }
      boolean expected = jackson(document);
      assertEquals(expected, ours(document), () -> new String(document, StandardCharsets.UTF_8));
      taken += expected ? 1 : 0;
    }
    assertTrue(taken > 3_000, "the judge took " + taken);
  }

  private static byte[] bend(String seed, Random random) {
    byte[] bytes = seed.getBytes(StandardCharsets.UTF_8);
    for (int n = random.nextInt(4); n > 0; n--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = PIECES[random.nextInt(PIECES.length)];
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> {
          byte[] shorter = new byte[bytes.length - 1];
          System.arraycopy(bytes, 0, shorter, 0, at);
          System.arraycopy(bytes, at + 1, shorter, at, shorter.length - at);
          bytes = shorter.length == 0 ? bytes : shorter;
        }
        default -> {
          byte[] longer = new byte[bytes.length + 1];
          System.arraycopy(bytes, 0, longer, 0, at);
          longer[at] = PIECES[random.nextInt(PIECES.length)];
          System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
          bytes = longer;
        }
      }
    }
    return bytes;
  }

  private static boolean jackson(byte[] document) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
    } catch (CharacterCodingException e) {
      return false;
    }
    try (JsonParser parser = JACKSON.createParser(text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      parser.finishToken();
      return parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean ours(byte[] document) {
    var in = new JsonCursor(document, document.length);
    try {
      in.skip();
      in.finish();
      return true;
    } catch (Refusal e) {
      return false;
    }
  }

  @Test
  void stringsComeOutAsTheyWereMeant() throws Refusal {
    assertEquals("aé😀\n\"\\/\u0001", string("\"aé\\ud83d\\ude00\\n\\\"\\\\\\/\\u0001\""));
    assertEquals("😀", string("\"😀\""));
    assertEquals("", string("\"\""));
  }

  @Test
  void stringsThatAreNoTextAreRefused() {
    for (String bad :
        List.of(
            "\"\\ud83d\"",
            "\"\\ude00\"",
            "\"\\ud83dx\"",
            "\"\\x\"",
            "\"\\u12g4\"",
            "\"a",
            "\"\n\"")) {
      assertThrows(Refusal.class, () -> string(bad), bad);
    }
    for (int[] bad :
        new int[][] {
          {0xc0, 0x80}, {0xed, 0xa0, 0x80}, {0xf5, 0x80, 0x80, 0x80}, {0xe2, 0x82}, {0x80}
        }) {
      byte[] bytes = new byte[bad.length + 2];
      bytes[0] = '"';
      bytes[bytes.length - 1] = '"';
      for (int i = 0; i < bad.length; i++) {
        bytes[i + 1] = (byte) bad[i];
      }
      assertThrows(Refusal.class, () -> new JsonCursor(bytes, bytes.length).string());
    }
  }

  @Test
  void nestingIsBoundedAndSaysSo() {
    byte[] deep = "[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
    var refusal = assertThrows(Refusal.class, () -> new JsonCursor(deep, deep.length).skip());
    assertEquals("malformed JSON: it nests deeper than 64 at byte 64", refusal.reason());
  }

  private static String string(String json) throws Refusal {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    var in = new JsonCursor(bytes, bytes.length);
    String value = in.string();
    in.finish();
    return value;
  }
}
