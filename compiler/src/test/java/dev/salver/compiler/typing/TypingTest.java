package dev.salver.compiler.typing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Parsing;
import dev.salver.compiler.type.Dim;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions over tensors, records and literals give. */
class TypingTest {
  private static final Map<String, Shape> WORDS =
      Map.of(
          "many", Shape.of(tensor(Element.F32, new Dim.Symbol("n"))),
          "one", Shape.of(tensor(Element.F32)),
          "maybe", Shape.of(tensor(Element.I64, new Dim.Unknown())),
          "text", Shape.of(tensor(Element.STRING)),
          "texts", Shape.of(tensor(Element.STRING, new Dim.Symbol("n"))),
          "pet", Shape.of(label()),
          "score", Shape.of(scored()),
          "body", Shape.of(new Type.Json()),
          "what", Shapes.UNKNOWN);

  private static Type tensor(Element element, Dim... dims) {
    return new Type.Tensor(element, List.of(dims));
  }

  private static Type label() {
    var fields = new LinkedHashMap<String, Type>();
    fields.put("label", tensor(Element.STRING));
    fields.put("confidence", tensor(Element.F32));
    return new Type.Fields(fields);
  }

  private static Type scored() {
    var fields = new LinkedHashMap<String, Type>();
    fields.put("score", tensor(Element.F32, new Dim.Symbol("n")));
    return new Type.Fields(fields);
  }

  @ParameterizedTest(name = "{0} gives {1}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "1 + 2 * 3 ; a number",
        "\"a\" + text ; a text",
        "one > 0.5 ; true or false",
        "many > 0.5 ; bool[n]",
        "many * 2 ; f32[n]",
        "max(many) > 0.5 ; true or false",
        "mean(score) >= 1 ; true or false",
        "any(many > 0.5) || all-of(texts == \"x\") ; true or false",
        "maybe == 3 ; true or false",
        "pet.label in [\"cat\", \"dog\"] ; true or false",
        "pet.label.startsWith(\"d\") && !text.contains(\"x\") ; true or false",
        "texts.contains(\"x\") ; bool[n]",
        "[1, 2, 3].exists(x, x > 2) ; true or false",
        "[1, 2].map(x, x > 1) ; a list",
        "size(text) + size(many) ; a number",
        "pet.confidence < 1 ? 1 : 2 ; a number",
        "body.any.thing == 1 ; ?",
        "what.ever > 2 ; ?",
        "many[0] ; a number",
        "score.score ; f32[n]",
        "one == \"x\" ; SV2115",
        "one > 50% ; SV2115",
        "10ms + 1 ; SV2115",
        "many && true ; SV2114",
        "!one ; SV2114",
        "pet.lable ; SV2108",
        "one.field ; SV2108",
        "max(text) ; SV2115",
        "any(one) ; SV2115",
        "pet > 1 ; SV2115",
        "one in 3 ; SV2115",
        "contians(text) ; SV2100",
        "text.startWith(\"x\") ; SV2100",
        "size(1) ; SV2115",
        "nothing == 1 ; SV2100",
        "true < false ; SV2115",
      })
  void anExpressionGives(String text, String expected) {
    var found = new ArrayList<Diagnostic>();
    Shape shape = new Typing(word -> find(word, found), found::add).shape(parse(text));
    String told = shape.told().replace("`", "");
    assertEquals(
        expected,
        found.isEmpty()
            ? told
            : String.join(", ", found.stream().map(each -> each.code().name()).toList()));
  }

  private static Optional<Shape> find(Expr.Word word, List<Diagnostic> found) {
    Optional<Shape> shape = Optional.ofNullable(WORDS.get(word.text()));
    if (shape.isEmpty()) {
      found.add(Diagnostic.of(Code.SV2100, word.span(), "there is no such word"));
    }
    return shape;
  }

  private static Expr parse(String text) {
    var file = SourceFile.of("t.serve", "model m { x = " + text + " }");
    var model = (Entry.Resource) Parsing.parse(file).entries().getFirst();
    return ((Entry.Setting) model.body().getFirst()).value();
  }
}
