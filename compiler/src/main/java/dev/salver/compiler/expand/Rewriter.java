package dev.salver.compiler.expand;

import dev.salver.compiler.syntax.Block;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.syntax.TypeRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The same for whole declarations: their expressions, flows, types and the names in headers. */
@SuppressWarnings("ReferenceEquality") // an object is a part as it was, or not
abstract class Rewriter extends FlowRewriter {
  List<Entry> entries(List<Entry> entries) {
    return each(entries, this::entry);
  }

  @Override
  Block block(Block block) {
    var entries = entries(block.entries());
    return entries == block.entries() ? block : new Block(entries, block.span());
  }

  Entry entry(Entry entry) {
    return switch (entry) {
      case Resource resource -> resource(resource);
      case Entry.Graph graph -> graph(graph);
      case Entry.TypeDecl decl -> {
        TypeRef type = type(decl.type());
        yield type == decl.type()
            ? decl
            : new Entry.TypeDecl(decl.name(), type, decl.annotations(), decl.span());
      }
      case Entry.Param param -> {
        TypeRef type = type(param.type());
        var options = exprOrNull(param.options());
        var value = exprOrNull(param.value());
        yield type == param.type() && options == param.options() && value == param.value()
            ? param
            : new Entry.Param(
                param.name(), type, options, value, param.annotations(), param.span());
      }
      case Entry.ForEach each -> {
        var list = expr(each.list());
        Block block = block(each.block());
        yield list == each.list() && block == each.block()
            ? each
            : new Entry.ForEach(each.name(), list, block, each.span());
      }
      case Entry.Import imported -> imported;
      case Entry.Setting setting -> setting(setting);
      case Entry.Section section -> section(section);
      case Entry.Assertion assertion -> {
        var expr = expr(assertion.expr());
        var otherwise = exprOrNull(assertion.otherwise());
        yield expr == assertion.expr() && otherwise == assertion.otherwise()
            ? assertion
            : new Entry.Assertion(assertion.word(), expr, otherwise, assertion.span());
      }
      case Entry.Stub stub -> {
        Block block = block(stub.block());
        yield block == stub.block() ? stub : new Entry.Stub(stub.name(), block, stub.span());
      }
    };
  }

  Entry setting(Entry.Setting setting) {
    var value = expr(setting.value());
    return value == setting.value()
        ? setting
        : new Entry.Setting(setting.path(), value, setting.isFinal(), setting.span());
  }

  Entry section(Entry.Section section) {
    Block block = block(section.block());
    return block == section.block()
        ? section
        : new Entry.Section(section.path(), block, section.isFinal(), section.span());
  }

  Entry resource(Resource it) {
    var index = exprOrNull(it.index());
    TypeRef type = typeOrNull(it.type());
    Name on = it.on() == null ? null : runtime(it.on());
    var from = exprOrNull(it.from());
    Name parent = it.parent() == null ? null : parent(it.parent());
    var where = exprOrNull(it.where());
    Block block = it.block() == null ? null : block(it.block());
    return index == it.index()
            && type == it.type()
            && on == it.on()
            && from == it.from()
            && parent == it.parent()
            && where == it.where()
            && block == it.block()
        ? it
        : new Resource(
            it.kind(),
            it.name(),
            index,
            type,
            on,
            from,
            parent,
            where,
            block,
            it.annotations(),
            it.span());
  }

  Entry graph(Entry.Graph graph) {
    var parameters = each(graph.parameters(), this::parameter);
    TypeRef signature = typeOrNull(graph.signature());
    Block settings = graph.settings() == null ? null : block(graph.settings());
    var steps = steps(graph.steps());
    return parameters == graph.parameters()
            && signature == graph.signature()
            && settings == graph.settings()
            && steps == graph.steps()
        ? graph
        : new Entry.Graph(
            graph.name(),
            parameters,
            signature,
            settings,
            steps,
            graph.annotations(),
            graph.span());
  }

  private Entry.Parameter parameter(Entry.Parameter parameter) {
    TypeRef type = typeOrNull(parameter.type());
    var value = exprOrNull(parameter.value());
    return type == parameter.type() && value == parameter.value()
        ? parameter
        : new Entry.Parameter(parameter.name(), type, value);
  }

  /** Behind {@code on}: a runtime, or what a policy or test is about. */
  Name runtime(Name name) {
    return reference(name);
  }

  /** Behind {@code extends}. */
  Name parent(Name name) {
    return reference(name);
  }

  /** The name of a type, or an element type. */
  Name typeName(Name name) {
    return reference(name);
  }

  /** Any of these that has no rule of its own. */
  Name reference(Name name) {
    return name;
  }

  Name dim(Name name) {
    return name;
  }

  private @Nullable TypeRef typeOrNull(@Nullable TypeRef type) {
    return type == null ? null : type(type);
  }

  final TypeRef type(TypeRef type) {
    return switch (type) {
      case TypeRef.Named named -> {
        Name name = typeName(named.name());
        var dims = each(named.dims(), this::dim);
        yield name == named.name() && dims == named.dims()
            ? named
            : new TypeRef.Named(name, dims, named.span());
      }
      case TypeRef.RecordOf fields -> {
        var changed = fields(fields.fields());
        yield changed == fields.fields() ? fields : new TypeRef.RecordOf(changed, fields.span());
      }
      case TypeRef.ListOf list -> {
        TypeRef item = type(list.item());
        yield item == list.item() ? list : new TypeRef.ListOf(item, list.span());
      }
      case TypeRef.Function function -> {
        var inputs = fields(function.inputs());
        TypeRef output = type(function.output());
        yield inputs == function.inputs() && output == function.output()
            ? function
            : new TypeRef.Function(inputs, output, function.span());
      }
      case TypeRef.Missing missing -> missing;
    };
  }

  private List<TypeRef.Field> fields(List<TypeRef.Field> fields) {
    return each(
        fields,
        field -> {
          TypeRef type = type(field.type());
          return type == field.type() ? field : new TypeRef.Field(field.name(), type);
        });
  }
}
