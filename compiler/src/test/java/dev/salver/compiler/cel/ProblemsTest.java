package dev.salver.compiler.cel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.diagnostic.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "self.scale.replica.min > 1 | SV6006 | replica | replicas",
        "self.scale.replicas.low > 1 | SV6006 | low | ",
        "slf.name == \"x\" | SV6006 | slf | self",
        "self.mode == knativ | SV6006 | knativ | knative",
        "self.mode in [knative, standart] | SV6006 | standart | standard",
        "self.name.nothing == 1 | SV6006 | nothing | ",
        "self.memory.max > 10min | SV6007 | self.memory.max > 10min | ",
        "self.cpu.max > 4Gi | SV6007 | self.cpu.max > 4Gi | ",
        "self.memory.max > 4 | SV6007 | self.memory.max > 4 | 4Gi",
        "self.timeout > 60 | SV6007 | self.timeout > 60 | 60s",
        "self.cost.monthly.max < 100 | SV6007 | self.cost.monthly.max < 100 | $100",
        "self.cost.monthly.max < $1/h | SV6007 | self.cost.monthly.max < $1/h | $1",
        "self.scale | SV6007 | self.scale | ",
        "self.name + 1 == 2 | SV6007 | self.name + 1 | ",
        "self.name | SV6007 | self.name | ",
        "self.memory.max ? true : false | SV6007 | self.memory.max | ",
        "self.gpu.count .. 3 | SV6007 | self.gpu.count .. 3 | ",
        "self.gpu.count == ? | SV6007 | ? | ",
        "self.name.startWith(\"x\") | SV6008 | startWith | startsWith",
        "sizes(self.name) == 1 | SV6008 | sizes | size",
        "size() == 1 | SV6008 | size() | ",
        "size(self.name, 2) == 1 | SV6008 | size(self.name, 2) | ",
        "size(valu = self.name) == 1 | SV6008 | valu | value",
        "self.name.startsWith(2) | SV6008 | self.name.startsWith(2) | ",
        "self.wires.exists(w == v1) | SV6008 | self.wires.exists(w == v1) | ",
        "self.name.exists(w, true) | SV6008 | self.name.exists(w, true) | ",
        "iris(inputs = [1]).label == [0] | SV6008 | inputs | input",
      })
  void aMistakeIsToldAtItsWords(String text, Code code, String words, String near) {
    var found = Given.problems(text);
    assertEquals(1, found.size(), found.toString());
    assertEquals(code, found.getFirst().code(), found.toString());
    assertEquals(words, found.getFirst().span().text(), found.toString());
    var fixes = found.getFirst().fixes();
    assertEquals(near == null ? 0 : 1, fixes.size(), found.toString());
    assertTrue(near == null || fixes.getFirst().toString().contains(near), fixes.toString());
  }

  static List<String> hostile() {
    var all = new ArrayList<String>();
    all.add("1" + " + 1".repeat(900) + " == 1");
    all.add("1" + " + 1".repeat(900) + " == 1");
    all.add("(".repeat(150) + "true" + ")".repeat(150));
    all.add("!".repeat(150) + "true");
    all.add("\"x\".matches(\"" + "(a*)*".repeat(300) + "b\")");
    all.add("\"" + "a".repeat(3000) + "\".matches(\"(a|aa)+$b\")");
    all.add("\"a\".matches(\"((a{1,1000}){1,1000}){1,1000}\")");
    all.add("size(\"a\".find(\"((a{1,1000}){1,1000}){1,1000}\")) == 1");
    all.add("[\"aaaaaaaa\"]" + ".map(x, x + x)".repeat(11) + " == []");
    all.add("[\"a\"]" + ".map(x, x + x)".repeat(100) + " == []");
    all.add("[[1]]" + ".map(x, x + x)".repeat(11) + " == []");
    String wide = ".map(x, [" + "x, ".repeat(60) + "x])";
    all.add("[1]" + wide.repeat(6) + " == [1]" + wide.repeat(6));
    all.add("[1]" + wide.repeat(10) + " == []");
    all.add(
        "[1]"
            + ".map(x, [x, x, x, x])".repeat(90)
            + " == [1]"
            + ".map(x, [x, x, x, x])".repeat(90));
    String list = "[" + "1, ".repeat(300) + "1]";
    all.add(list + ".all(a, " + list + ".all(b, " + list + ".all(c, a + b + c > 0)))");
    all.add("\"%s%s\".replace(\"%s\", \"" + "%s%s".repeat(500) + "\").size() > 0");
    all.add(
        "\""
            + "a".repeat(900)
            + "\""
            + ".replace(\"a\", \"aaaaaaaaaaaaaaaaaaaaaaaa\")".repeat(20)
            + " == \"\"");
    all.add(
        "[\""
            + "a".repeat(900)
            + "\"]"
            + ".map(x, [x, x, x, x, x, x, x, x, x].join(x))".repeat(9)
            + " == []");
    String nested = "true";
    for (int i = 0; i < 40; i++) {
      nested = "(" + nested + " ? self.gpu.count : 1) > 0";
    }
    all.add(nested);
    all.add("self.a" + ".b".repeat(900) + " == 1");
    all.add("iris([1])" + ".b".repeat(900) + " == 1");
    all.add("\"\u0000\\\\\u007f\" == \"x\"");
    all.add("9".repeat(29) + " * " + "9".repeat(29) + " > 0");
    all.add("9223372036854775807 + 1 > 0 && 999999999999999999 * 999999999999999999 > 0");
    all.add("quantity(\"" + "9".repeat(39) + "E\") > quantity(\"1e99\")");
    return all;
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileExpressionsEnd(String text) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          var found = new ArrayList<Code>();
          Formula.condition(Given.expr(text), Given.NAMES, each -> found.add(each.code()))
              .ifPresent(
                  formula -> {
                    var run = formula.run(Given.VALUES);
                    run.parts()
                        .forEach(part -> assertTrue(part.shown().length() <= Shown.MAX + 20));
                    PowerAssertion.render(formula.expr().span(), run.parts());
                  });
          assertTrue(found.size() <= 1, found.toString());
        });
  }

  @Test
  void aWordOfAMacroHidesNoOther() {
    assertEquals(
        new Outcome.Value(true),
        Given.outcome("[1, 2].exists(self, self == 2) && self.name == \"fraud\""));
  }
}
