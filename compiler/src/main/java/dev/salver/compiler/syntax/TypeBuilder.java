package dev.salver.compiler.syntax;

import dev.salver.compiler.source.Span;
import dev.salver.dsl.ServeParser.FieldContext;
import dev.salver.dsl.ServeParser.TypeRefContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Types of the parse tree as records. */
final class TypeBuilder {
  private final ExprBuilder exprs;

  TypeBuilder(ExprBuilder exprs) {
    this.exprs = exprs;
  }

  TypeRef type(@Nullable TypeRefContext context, Span place) {
    if (context == null || context.getChildCount() == 0) {
      return new TypeRef.Missing(place);
    }
    Span span = exprs.span(context);
    if (context.typeName() != null && context.typeName().getText().isEmpty()) {
      return new TypeRef.Missing(span);
    }
    if (context.typeName() != null) {
      var dims =
          context.dim().stream()
              .filter(dim -> ExprBuilder.isWritten(dim.getStart()))
              .map(dim -> exprs.name(dim.getStart()))
              .toList();
      return new TypeRef.Named(exprs.dotted(context.typeName()), dims, span);
    }
    if (context.LBRACK() != null) {
      return new TypeRef.ListOf(type(context.typeRef(), span), span);
    }
    List<TypeRef.Field> fields = fields(context.field(), span);
    return context.LPAREN() == null || context.ARROW() == null
        ? new TypeRef.RecordOf(fields, span)
        : new TypeRef.Function(fields, type(context.typeRef(), span), span);
  }

  List<TypeRef.Field> fields(List<FieldContext> contexts, Span span) {
    var fields = new ArrayList<TypeRef.Field>();
    for (FieldContext field : contexts) {
      if (field.key() != null
          && field.key().exception == null
          && ExprBuilder.isWritten(field.key().getStart())) {
        fields.add(
            new TypeRef.Field(exprs.name(field.key().getStart()), type(field.typeRef(), span)));
      }
    }
    return fields;
  }
}
