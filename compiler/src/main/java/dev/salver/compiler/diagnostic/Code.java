package dev.salver.compiler.diagnostic;

/**
 * The catalogue: every diagnostic there is. The documentation's pages are made from it.
 *
 * <p>Families: SV0xxx syntax, 1xxx names, 2xxx types and graphs, 3xxx environments, 4xxx lint, 5xxx
 * backend limits, 6xxx policy, 7xxx lock and import, 8xxx output. A number is never used again.
 */
public enum Code {
  SV0001(
      "A source is too large",
      "A `.serve` file may have 1 MiB. Hand-written programs are far below; a file of this size is"
          + " most likely data with the wrong ending.",
      "Split the file: all `.serve` files of a project form one program, in any order."),
  SV0002(
      "A source is not UTF-8",
      "Sources are UTF-8 text. The file holds bytes that are not.",
      "Save the file as UTF-8."),
  SV0003(
      "Nested too deeply",
      "Braces, brackets, parentheses and operators may nest 200 deep.",
      "Name the inner parts, or split the expression."),
  SV0004(
      "Too many syntax errors",
      "After 50 syntax errors in one file the rest of them is left out.",
      "Fix the first ones and run again."),
  SV0005(
      "Too many declarations",
      "A program may have 10,000 declarations, so that checking it always ends soon.",
      "Split the project into several."),
  SV0101(
      "A bracket is never closed",
      "A `{`, `[` or `(` has no partner. Where it should close is read off the indentation.",
      "Insert the closing bracket."),
  SV0102(
      "A word that begins no declaration",
      "Outside of braces only declarations stand, and this word does not begin one.",
      "Correct the word, or move the line into the declaration that it belongs to."),
  SV0103(
      "A closing bracket too many",
      "This bracket closes nothing.",
      "Remove it, or insert the opening one."),
  SV0104(
      "A value is missing",
      "After `=` a value must follow.",
      "Write the value, or remove the setting to get its default."),
  SV0105(
      "`=` is missing",
      "A setting is `key = value`; a colon stands only before a type.",
      "Insert `=`."),
  SV0106(
      "Something else was expected",
      "The text does not have the form of a statement at this place.",
      "The message says what was expected. A statement is a declaration `kind name { }`, a setting"
          + " `key = value`, a section `key { }`, an assertion or a flow `a -> b`."),
  SV0107(
      "A text or comment is never closed",
      "A string ends on the line where it begins; a block comment needs its `*/`.",
      "Insert the closing `\"` or `*/`."),
  SV0108(
      "A character that has no meaning",
      "This character is not part of the language outside of strings and comments.",
      "Remove it, or put the text in quotes."),
  SV1001(
      "Declared twice",
      "Models and graphs share one set of names, params and secrets another; every other kind has"
          + " its own. Within a set a name stands for one declaration.",
      "Rename one of them, or remove it."),
  SV1002(
      "No such name",
      "The name is declared nowhere in the program nor in the standard library.",
      "Correct the name, or declare it. Files need no import of each other."),
  SV1003(
      "No such setting",
      "The declaration has no setting of this name. An unknown setting is an error because it would"
          + " otherwise do nothing, silently.",
      "Correct the name. What belongs to the emitted object alone goes into `raw { }`."),
  SV1004(
      "No project",
      "A program has one `project` declaration, by habit in `project.serve`. Its name is the"
          + " default namespace.",
      "Add `project NAME { }`."),
  SV1005(
      "Two projects",
      "All `.serve` files below the project's folder form one program, which has one `project`"
          + " declaration. A folder below it that has its own `project.serve` is a project of its own.",
      "Remove one, or move it into a folder of its own."),
  SV1006(
      "Not a valid name",
      "Names of declarations appear unchanged in the cluster, so they are DNS labels: lower-case"
          + " letters, digits and `-`, starting with a letter, not ending with `-`. Types are"
          + " `UpperCamel`.",
      "Rename it."),
  SV1007(
      "Not allowed here",
      "The statement is one of the language, but does not belong into this declaration.",
      "Move it where it belongs."),
  SV2001(
      "A value of another type",
      "Every setting has a type, and a literal shows its own: `4Gi` is a size, `500m` a cpu, `10min`"
          + " a duration, `40rps` a rate. Nothing is converted silently.",
      "Write a value of the type that the message names."),
  SV2002(
      "No such unit",
      "Units are `Ki Mi Gi Ti Pi` for sizes, `m` for cpu, `ms s min h d` for durations, `%`, `rps`,"
          + " `concurrent`, `%cpu`, `%memory` for rates.",
      "Write one of them."),
  SV2003(
      "Out of range",
      "The value has the right type, but lies outside of what Kubernetes, KServe or Knative accept.",
      "Choose a value within the limits that the message names."),
  SV2004(
      "Not one of the words",
      "The setting takes one of a few words.",
      "Write one of those that the message names."),
  SV2005("A setting is missing", "The declaration cannot do without this setting.", "Add it."),
  SV2006(
      "Not known when compiling",
      "Settings are worked out when the program is compiled, from literals, params and the name of"
          + " the environment.",
      "Write the value as a literal or take it from a `param`."),
  SV2007(
      "A name that Kubernetes refuses",
      "Labels, annotations, variables and service accounts become parts of Kubernetes objects, whose"
          + " rules for names hold here too. A cluster would refuse the manifest.",
      "Choose a name or a value within the rule that the message gives."),
  SV3001(
      "Two writes to one setting",
      "Within one layer (a declaration, or one kind of patch in one environment) a setting is"
          + " written once, so that order never matters.",
      "Remove one of the two."),
  SV3002(
      "A patch of what is not there",
      "An environment changes declarations of the program. A patch that would change nothing is an"
          + " error because it would otherwise do nothing, silently.",
      "Correct the name, or declare it outside of the environment."),
  SV3003(
      "A final setting is written again",
      "`final` forbids later layers to change a setting.",
      "Remove the later write, or `final`."),
  SV3004(
      "An environment extends itself",
      "Environments inherit along `extends`, which must end somewhere.",
      "Break the circle."),
  SV3005(
      "`unset` of what is not set",
      "`path = unset` removes what an earlier layer has set; here none has.",
      "Remove the line, or correct the path."),
  SV3006(
      "No such environment",
      "The environment that was asked for is not declared, or is `@abstract`.",
      "Ask for one that the message names, or declare it."),
  SV5001(
      "The mode cannot carry it",
      "KServe would silently ignore the setting in this mode, so it is an error here.",
      "Remove it for this environment, or choose the other `mode`."),
  SV5002(
      "A name is too long for a host",
      "KServe builds host and object names from the service's name, in Standard mode with its"
          + " namespace; each is limited to 63 characters. KServe admits longer ones and fails later.",
      "Choose a shorter name."),
  SV5003(
      "A cluster cannot reach a local file",
      "`file:` sources exist on one machine. `salver up` hands them to the local environment; a"
          + " cluster needs a source that its nodes can reach.",
      "Set `from` in the environment: `model NAME from \"s3://…\" { }`."),
  SV5004(
      "No runtime for the model",
      "Without `on`, the runtime is the one that carries the model's format and wire: the project's"
          + " before Salver's before KServe's.",
      "Name a runtime with `on`, or declare one."),
  SV5005(
      "Two runtimes for the model",
      "Two runtimes of one level carry the model's format and wire. What runs a model is never left"
          + " to chance.",
      "Name one with `on`."),
  SV5006(
      "The format is not known",
      "The format of the artifact is read off the source's name, and this name does not tell.",
      "Write it: `format = onnx`."),
  SV5007(
      "The runtime does not carry it",
      "The runtime that is named by `on` does not list the model's format or wire.",
      "Name another runtime, or set `format` or `wire`."),
  SV5008(
      "The setting has no effect",
      "Together with another setting this one would do nothing.",
      "Remove one of them, or change the other."),
  SV5009(
      "The source cannot be fetched",
      "The scheme of the source is not one that a serving cluster can fetch.",
      "Use one of `http: https: s3: gs: az: hf: oci: git: pvc: hdfs:`."),
  SV5010(
      "A field that Salver writes",
      "What an object is, its name and its namespace come from the declaration, and some annotations"
          + " from settings. Written a second time they would contradict each other.",
      "Remove it, or use the setting."),
  SV8001(
      "The declaration is not compiled yet",
      "The language has this declaration, this version of the compiler does not.",
      "Leave it out for now."),
  SV8002(
      "The setting is not compiled yet",
      "The language has this setting, this version of the compiler does not. It is an error because"
          + " it would otherwise do nothing, silently.",
      "Leave it out for now, or use `raw { }`.");

  private final String title;
  private final String meaning;
  private final String remedy;

  Code(String title, String meaning, String remedy) {
    this.title = title;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  public String title() {
    return title;
  }

  /** Why this is a diagnostic; Markdown. */
  public String meaning() {
    return meaning;
  }

  /** What to do; Markdown. */
  public String remedy() {
    return remedy;
  }

  public Severity severity() {
    return Severity.ERROR;
  }
}
