package dev.salver.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What a command takes, declared one by one. Not by annotations: to read the first of them the JVM
 * writes classes, which takes longer than most commands run.
 *
 * <p>Names are as in the help, {@code -f, --follow}. A setter is called for what was said only.
 */
final class Options {
  private final CommandSpec spec;

  Options(CommandSpec spec) {
    this.spec = spec;
  }

  /** An option without a value. */
  Options flag(String names, Consumer<Boolean> setter, String description) {
    return add(option(names).type(boolean.class).setter(calling(setter)).description(description));
  }

  /** An option with one value. */
  <T> Options value(
      String names, String label, Class<T> type, Consumer<T> setter, String description) {
    OptionSpec.Builder option =
        option(names).paramLabel(label).description(description).type(type).setter(calling(setter));
    return add(type == Path.class ? option.converters(Path::of) : option);
  }

  /** An option that must be there. */
  Options required(String names, String label, Consumer<String> setter, String description) {
    return add(
        option(names)
            .paramLabel(label)
            .description(description)
            .type(String.class)
            .required(true)
            .setter(calling(setter)));
  }

  /** An option that may be repeated. */
  Options values(String names, String label, Consumer<List<String>> setter, String description) {
    return add(several(names, label, setter, description));
  }

  /** The same, where one value may hold several with commas between them. */
  Options commaValues(
      String names, String label, Consumer<List<String>> setter, String description) {
    return add(several(names, label, setter, description).splitRegex(","));
  }

  /** A word at its place, from 0. */
  <T> Options word(
      int index, boolean required, String label, Class<T> type, Consumer<T> set, String says) {
    PositionalParamSpec.Builder word =
        PositionalParamSpec.builder()
            .index(Integer.toString(index))
            .arity(required ? "1" : "0..1")
            .paramLabel(label)
            .description(says)
            .type(type)
            .setter(calling(set));
    return add(type == Path.class ? word.converters(Path::of) : word);
  }

  /** All words. */
  Options words(String label, Consumer<List<String>> setter, String description) {
    return add(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..*")
            .paramLabel(label)
            .description(description)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .setter(calling(setter)));
  }

  /** {@code --help} and {@code --version}. */
  Options standard() {
    add(
        option("-h, --help")
            .type(boolean.class)
            .usageHelp(true)
            .description("Show this help message and exit."));
    return add(
        option("-V, --version")
            .type(boolean.class)
            .versionHelp(true)
            .description("Print version information and exit."));
  }

  private static OptionSpec.Builder option(String names) {
    String[] all = names.split(", ");
    return OptionSpec.builder(all[0], Arrays.copyOfRange(all, 1, all.length));
  }

  private static OptionSpec.Builder several(
      String names, String label, Consumer<List<String>> setter, String description) {
    return option(names)
        .paramLabel(label)
        .description(description)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .setter(calling(setter));
  }

  private Options add(OptionSpec.Builder option) {
    spec.addOption(option.build());
    return this;
  }

  private Options add(PositionalParamSpec.Builder word) {
    spec.addPositional(word.build());
    return this;
  }

  private static <T> ISetter calling(Consumer<T> setter) {
    return new ISetter() {
      @Override
      @SuppressWarnings("unchecked") // picocli has converted it to the argument's type
      public <V> V set(V value) {
        if (value != null) {
          setter.accept((T) value);
        }
        return value;
      }
    };
  }
}
