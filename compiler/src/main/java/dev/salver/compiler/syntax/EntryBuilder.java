package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.dsl.ServeParser;
import dev.salver.dsl.ServeParser.EntryContext;
import dev.salver.dsl.ServeParser.ResourceContext;
import dev.salver.dsl.ServeParser.SettingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/**
 * Statements of the parse tree as records; one without a name or a body to speak of is left out.
 */
final class EntryBuilder {
  private final ExprBuilder exprs;
  private final TypeBuilder types;

  EntryBuilder(SourceFile file, List<Diagnostic> diagnostics) {
    this.exprs = new ExprBuilder(file, diagnostics);
    this.types = new TypeBuilder(exprs);
  }

  /** What stands at the top: there, what a declaration without a name says is kept. */
  List<Entry> declarations(List<EntryContext> contexts) {
    var entries = new ArrayList<Entry>();
    for (EntryContext context : contexts) {
      entry(context).or(() -> nameless(context)).ifPresent(entries::add);
    }
    return entries;
  }

  private List<Entry> entries(List<EntryContext> contexts) {
    var entries = new ArrayList<Entry>();
    for (EntryContext context : contexts) {
      entry(context).ifPresent(entries::add);
    }
    return entries;
  }

  private Optional<Entry> nameless(EntryContext context) {
    if (context.graph() != null) {
      Span start = exprs.span(context.graph().getStart());
      var name = new Name("", new Span(start.file(), start.end(), start.end()));
      return Optional.of(
          new GraphBuilder(this, exprs, types)
              .graph(context.graph(), name, List.of(), exprs.span(context)));
    }
    var resource = context.resource();
    if (resource == null || resource.kind() == null || resource.block() == null) {
      return Optional.empty();
    }
    Token kind = resource.kind().getStart();
    Span after = exprs.span(kind);
    var name = new Name("", new Span(after.file(), after.end(), after.end()));
    return Optional.of(
        new Entry.Resource(
            kind(kind),
            name,
            null,
            null,
            null,
            null,
            null,
            null,
            block(resource.block()),
            List.of(),
            exprs.span(context)));
  }

  Block block(ServeParser.BlockContext context) {
    return new Block(entries(context.entry()), exprs.span(context));
  }

  private @Nullable Block blockOrNull(ServeParser.@Nullable BlockContext context) {
    return context == null ? null : block(context);
  }

  private Optional<Entry> entry(EntryContext context) {
    Span span = exprs.span(context);
    if (context.resource() != null) {
      return resource(context.resource(), annotations(context), span);
    }
    if (context.setting() != null) {
      return setting(context.setting(), context.FINAL() != null, span);
    }
    if (context.typeDecl() != null) {
      var decl = context.typeDecl();
      var word = decl.TYPENAME() == null ? decl.NAME() : decl.TYPENAME();
      return named(
          word,
          name ->
              new Entry.TypeDecl(
                  name, types.type(decl.typeRef(), span), annotations(context), span));
    }
    if (context.param() != null) {
      return param(context.param(), annotations(context), span);
    }
    if (context.graph() != null) {
      return named(
          context.graph().NAME(),
          name ->
              new GraphBuilder(this, exprs, types)
                  .graph(context.graph(), name, annotations(context), span));
    }
    if (context.forEach() != null) {
      var each = context.forEach();
      return each.block() == null
          ? Optional.empty()
          : named(
              each.NAME(),
              name ->
                  new Entry.ForEach(
                      name, exprs.expr(each.expr(), span), block(each.block()), span));
    }
    if (context.importDecl() != null) {
      var imported = context.importDecl();
      var names = new ArrayList<Name>();
      if (imported.NAME() != null && ExprBuilder.isWritten(imported.NAME().getSymbol())) {
        names.add(exprs.name(imported.NAME().getSymbol()));
      }
      imported.importName().stream()
          .map(each -> each.getStart())
          .filter(ExprBuilder::isWritten)
          .forEach(each -> names.add(exprs.name(each)));
      return named(
          imported.STRING(),
          source -> new Entry.Import(names, imported.LBRACE() == null, source, span));
    }
    if (context.assertion() != null) {
      var assertion = context.assertion();
      Expr otherwise = assertion.ELSE() == null ? null : exprs.expr(assertion.expr(1), span);
      return Optional.of(
          new Entry.Assertion(
              exprs.name(assertion.getStart()),
              exprs.expr(assertion.expr(0), span),
              otherwise,
              span));
    }
    if (context.stub() != null && context.stub().block() != null) {
      var stub = context.stub();
      return named(stub.NAME(), name -> new Entry.Stub(name, block(stub.block()), span));
    }
    return Optional.empty();
  }

  private Optional<Entry> named(@Nullable TerminalNode node, Function<Name, Entry> entry) {
    return node == null || !ExprBuilder.isWritten(node.getSymbol())
        ? Optional.empty()
        : Optional.of(entry.apply(exprs.name(node.getSymbol())));
  }

  private List<Annotation> annotations(EntryContext context) {
    return context.annotation().stream().flatMap(each -> annotation(each).stream()).toList();
  }

  private Optional<Entry> param(
      ServeParser.ParamContext context, List<Annotation> annotations, Span span) {
    boolean limited = context.IN() != null;
    Expr options = limited ? exprs.expr(context.expr(0), span) : null;
    Expr value = context.EQ() == null ? null : exprs.expr(context.expr(limited ? 1 : 0), span);
    return named(
        context.NAME(),
        name ->
            new Entry.Param(
                name, types.type(context.typeRef(), span), options, value, annotations, span));
  }

  private Optional<Entry> setting(SettingContext context, boolean isFinal, Span span) {
    var path = new ArrayList<Name>();
    for (var key : context.key()) {
      if (key.exception == null && ExprBuilder.isWritten(key.getStart())) {
        path.add(exprs.name(key.getStart()));
      }
    }
    if (path.isEmpty() && context.block() != null) {
      Span before = exprs.span(context.block());
      path.add(new Name("", new Span(before.file(), before.start(), before.start())));
    }
    if (path.isEmpty()) {
      return Optional.empty();
    }
    if (context.block() != null) {
      return Optional.of(new Entry.Section(path, block(context.block()), isFinal, span));
    }
    return Optional.of(new Entry.Setting(path, exprs.expr(context.expr(), span), isFinal, span));
  }

  private Optional<Entry> resource(
      ResourceContext context, List<Annotation> annotations, Span span) {
    if (context.kind() == null
        || context.name() == null
        || context.name().exception != null
        || !ExprBuilder.isWritten(context.name().getStart())) {
      return Optional.empty();
    }
    Kind kind = kind(context.kind().getStart());
    Name on = null;
    Expr from = null;
    Name parent = null;
    Expr where = null;
    for (var clause : context.clause()) {
      if (clause.onTarget() != null) {
        on = nameOrNull(clause.onTarget());
      } else if (clause.postfix() != null) {
        from = exprs.postfix(clause.postfix(), span);
      } else if (clause.parent() != null) {
        parent = nameOrNull(clause.parent());
      } else if (clause.expr() != null) {
        where = exprs.expr(clause.expr(), span);
      }
    }
    return Optional.of(
        new Entry.Resource(
            kind,
            exprs.name(context.name().getStart()),
            context.expr() == null ? null : exprs.expr(context.expr(), span),
            context.typeRef() == null ? null : types.type(context.typeRef(), span),
            on,
            from,
            parent,
            where,
            blockOrNull(context.block()),
            annotations,
            span));
  }

  private @Nullable Name nameOrNull(ParserRuleContext context) {
    return context.getText().isEmpty() ? null : exprs.dotted(context);
  }

  /** By the token's type: its text may be a misspelt keyword. */
  private static Kind kind(Token token) {
    return switch (token.getType()) {
      case ServeParser.PROJECT -> Kind.PROJECT;
      case ServeParser.MODEL -> Kind.MODEL;
      case ServeParser.RUNTIME -> Kind.RUNTIME;
      case ServeParser.ACCELERATOR -> Kind.ACCELERATOR;
      case ServeParser.ENV -> Kind.ENV;
      case ServeParser.SECRET -> Kind.SECRET;
      case ServeParser.ROLLOUT -> Kind.ROLLOUT;
      case ServeParser.POLICY -> Kind.POLICY;
      default -> Kind.TEST;
    };
  }

  private Optional<Annotation> annotation(ServeParser.AnnotationContext context) {
    if (context.NAME() == null || !ExprBuilder.isWritten(context.NAME().getSymbol())) {
      return Optional.empty();
    }
    var arguments =
        context.args() == null ? List.<Expr.Argument>of() : exprs.arguments(context.args());
    return Optional.of(
        new Annotation(exprs.name(context.NAME().getSymbol()), arguments, exprs.span(context)));
  }
}
