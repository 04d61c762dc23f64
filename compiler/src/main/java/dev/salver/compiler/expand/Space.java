package dev.salver.compiler.expand;

import dev.salver.compiler.syntax.Annotation;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Kind;
import dev.salver.compiler.syntax.Name;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sets of names: the same name may stand once in each. */
enum Space {
  /** Models and graphs. */
  SERVICE,
  /** Params and secrets. */
  PARAM,
  TYPE,
  RUNTIME,
  ACCELERATOR,
  ENV,
  ROLLOUT,
  POLICY;

  /** A declaration's set of names; none for what has no name, or one that is not looked up. */
  static Optional<Space> of(Entry entry) {
    return switch (entry) {
      case Resource resource -> of(resource);
      case Entry.Graph graph -> Optional.of(SERVICE);
      case Entry.TypeDecl type -> Optional.of(TYPE);
      case Entry.Param param -> Optional.of(PARAM);
      default -> Optional.empty();
    };
  }

  private static Optional<Space> of(Resource resource) {
    return switch (resource.kind()) {
      case MODEL -> resource.isSelector() ? Optional.empty() : Optional.of(SERVICE);
      case GRAPH -> Optional.of(SERVICE);
      case RUNTIME -> Optional.of(RUNTIME);
      case ACCELERATOR -> Optional.of(ACCELERATOR);
      case ENV -> Optional.of(ENV);
      case SECRET -> Optional.of(PARAM);
      case ROLLOUT -> Optional.of(ROLLOUT);
      case POLICY -> Optional.of(POLICY);
      case PROJECT, TEST -> Optional.empty();
    };
  }

  /** What a setting's words may name beside params and secrets; null for most. */
  static @Nullable Space ofKey(String key) {
    return switch (key) {
      case "gpu" -> ACCELERATOR;
      case "rollout" -> ROLLOUT;
      default -> null;
    };
  }

  /** The name of a declaration that {@link #of} has an answer for. */
  static Name name(Entry entry) {
    return switch (entry) {
      case Resource resource -> resource.name();
      case Entry.Graph graph -> graph.name();
      case Entry.TypeDecl type -> type.name();
      case Entry.Param param -> param.name();
      default -> throw new IllegalArgumentException("no name: " + entry.span());
    };
  }

  /** The same declaration under another name. */
  static Entry named(Entry entry, Name name) {
    return switch (entry) {
      case Resource it -> Members.with(it, name, it.index(), it.block());
      case Entry.Graph it ->
          new Entry.Graph(
              name,
              it.parameters(),
              it.signature(),
              it.settings(),
              it.steps(),
              it.annotations(),
              it.span());
      case Entry.TypeDecl it -> new Entry.TypeDecl(name, it.type(), it.annotations(), it.span());
      case Entry.Param it ->
          new Entry.Param(name, it.type(), it.options(), it.value(), it.annotations(), it.span());
      default -> entry;
    };
  }

  /** Why a declaration of an imported project stays there; empty where it may be used. */
  static Optional<String> reasonToStay(Entry entry) {
    return switch (entry) {
      case Entry.Graph graph when !graph.isTemplate() ->
          Optional.of("a graph is served by its own project; templates can be imported");
      case Resource resource when resource.kind() == Kind.MODEL && !resource.isSelector() ->
          Optional.of("a model is served by its own project; call it with `from \"service:…\"`");
      case Resource resource when resource.kind() == Kind.ENV && !isAbstract(resource) ->
          Optional.of("only an environment with `@abstract` can be imported");
      default -> Optional.empty();
    };
  }

  private static boolean isAbstract(Resource environment) {
    List<Annotation> annotations = environment.annotations();
    return annotations.stream().anyMatch(each -> each.name().text().equals("abstract"));
  }
}
