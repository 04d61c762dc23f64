package dev.salver.compiler.syntax;

import dev.salver.compiler.source.Span;
import dev.salver.dsl.ServeParser;
import dev.salver.dsl.ServeParser.AllBranchContext;
import dev.salver.dsl.ServeParser.BranchContext;
import dev.salver.dsl.ServeParser.BranchesContext;
import dev.salver.dsl.ServeParser.FlowContext;
import dev.salver.dsl.ServeParser.GraphContext;
import dev.salver.dsl.ServeParser.GraphStepContext;
import dev.salver.dsl.ServeParser.ModifierContext;
import dev.salver.dsl.ServeParser.StageContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Graphs of the parse tree as records. */
final class GraphBuilder {
  private final EntryBuilder entries;
  private final ExprBuilder exprs;
  private final TypeBuilder types;

  GraphBuilder(EntryBuilder entries, ExprBuilder exprs, TypeBuilder types) {
    this.entries = entries;
    this.exprs = exprs;
    this.types = types;
  }

  Entry.Graph graph(GraphContext context, Name name, List<Annotation> annotations, Span span) {
    var parameters = new ArrayList<Entry.Parameter>();
    for (var each : context.templateParam()) {
      if (!ExprBuilder.isWritten(each.getStart())) {
        continue;
      }
      Name word = name(each.getStart());
      Expr value = each.EQ() == null ? null : exprs.expr(each.expr(), word.span());
      TypeRef type = each.COLON() == null ? null : types.type(each.typeRef(), word.span());
      parameters.add(new Entry.Parameter(word, type, value));
    }
    return new Entry.Graph(
        name,
        parameters,
        signature(context.signature()),
        context.block() == null ? null : entries.block(context.block()),
        steps(context, span),
        annotations,
        span);
  }

  private @Nullable TypeRef signature(ServeParser.@Nullable SignatureContext context) {
    if (context == null) {
      return null;
    }
    Span span = exprs.span(context);
    TypeRef output = types.type(context.typeRef(), span);
    return context.COLON() == null
        ? new TypeRef.Function(types.fields(context.field(), span), output, span)
        : output;
  }

  private List<Entry.Step> steps(GraphContext context, Span span) {
    if (context.flow() != null) {
      return List.of(new Entry.Step(null, flow(context.flow(), span), exprs.span(context.flow())));
    }
    if (context.graphBody() == null) {
      return List.of();
    }
    return context.graphBody().graphStep().stream().map(each -> step(each, span)).toList();
  }

  /** Before {@code =} stands a name; the grammar takes any flow there. */
  private Entry.Step step(GraphStepContext context, Span place) {
    Span span = exprs.span(context);
    Flow first = flow(context.flow(0), place);
    if (context.EQ() == null) {
      return new Entry.Step(null, first, span);
    }
    Optional<Name> name = plainName(first);
    return new Entry.Step(name.orElse(null), flow(context.flow(1), span), span);
  }

  private static Optional<Name> plainName(Flow flow) {
    if (flow.stages().size() != 1) {
      return Optional.empty();
    }
    Flow.Stage stage = flow.stages().getFirst();
    return stage.modifiers().isEmpty()
            && stage.node() instanceof Flow.Node.Term(Expr.Word word, Span span)
        ? Optional.of(new Name(word.text(), span))
        : Optional.empty();
  }

  private Flow flow(@Nullable FlowContext context, Span place) {
    if (context == null) {
      Span end = new Span(place.file(), place.end(), place.end());
      var nothing = new Flow.Node.Term(new Expr.Missing(end), end);
      return new Flow(List.of(new Flow.Stage(nothing, List.of(), end)), end);
    }
    return new Flow(context.stage().stream().map(this::stage).toList(), exprs.span(context));
  }

  private Flow.Stage stage(StageContext context) {
    Span span = exprs.span(context);
    var modifiers = context.modifier().stream().flatMap(each -> modifier(each).stream()).toList();
    return new Flow.Stage(node(context, span), modifiers, span);
  }

  private Flow.Node node(StageContext context, Span place) {
    if (context.switchNode() != null) {
      var node = context.switchNode();
      return new Flow.Node.Switch(branches(node.branches()), exprs.span(node));
    }
    if (context.splitNode() != null) {
      var node = context.splitNode();
      return new Flow.Node.Split(branches(node.branches()), exprs.span(node));
    }
    if (context.allNode() != null) {
      var node = context.allNode();
      Span span = exprs.span(node);
      Expr reducer = node.BY() == null ? null : exprs.postfix(node.postfix(), span);
      return new Flow.Node.All(members(node.allBranch()), reducer, span);
    }
    Expr expr = exprs.expr(context.expr(), place);
    return new Flow.Node.Term(expr, expr.span());
  }

  private Optional<Flow.Modifier> modifier(ModifierContext context) {
    Span span = exprs.span(context);
    if (context.WITHIN() != null) {
      return Optional.of(new Flow.Modifier.Within(operand(context, span), span));
    }
    if (context.RETRY() != null) {
      return Optional.of(new Flow.Modifier.Retry(operand(context, span), span));
    }
    if (context.OR() != null) {
      return Optional.of(new Flow.Modifier.Or(exprs.postfix(context.postfix(), span), span));
    }
    if (context.SHADOW() != null) {
      Expr share = context.AT() == null ? null : operand(context, span);
      return Optional.of(
          new Flow.Modifier.Shadow(exprs.postfix(context.postfix(), span), share, span));
    }
    return context.NAME() == null || !ExprBuilder.isWritten(context.NAME().getSymbol())
        ? Optional.empty()
        : Optional.of(new Flow.Modifier.As(name(context.NAME().getSymbol()), span));
  }

  private Expr operand(ModifierContext context, Span place) {
    return context.unary() == null ? new Expr.Missing(place) : exprs.unary(context.unary());
  }

  private List<Flow.Branch> branches(@Nullable BranchesContext context) {
    return context == null ? List.of() : context.branch().stream().map(this::branch).toList();
  }

  private Flow.Branch branch(BranchContext context) {
    Span span = exprs.span(context);
    if (context.FOREACH() != null) {
      Name name = context.NAME() == null ? nameless(span) : name(context.NAME().getSymbol());
      return new Flow.Branch.Each(
          name, exprs.expr(context.expr(), span), branches(context.branches()), span);
    }
    Expr guard = context.ELSE() == null ? exprs.expr(context.expr(), span) : null;
    return new Flow.Branch.Case(guard, flow(context.flow(), span), span);
  }

  private List<Flow.Member> members(List<AllBranchContext> contexts) {
    return contexts.stream().map(this::member).toList();
  }

  private Flow.Member member(AllBranchContext context) {
    Span span = exprs.span(context);
    if (context.FOREACH() != null) {
      Name name = context.NAME() == null ? nameless(span) : name(context.NAME().getSymbol());
      return new Flow.Member.Each(
          name, exprs.expr(context.expr(), span), members(context.allBranch()), span);
    }
    return new Flow.Member.One(flow(context.flow(), span), span);
  }

  private static Name nameless(Span span) {
    return new Name("", span);
  }

  private Name name(Token token) {
    return exprs.name(token);
  }
}
