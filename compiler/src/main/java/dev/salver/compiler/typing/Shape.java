package dev.salver.compiler.typing;

import dev.salver.compiler.type.Dim;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Type;
import java.util.List;

/** What an expression gives. */
public sealed interface Shape {
  /** As a sentence needs it: "a number", "`f32[n]`". */
  String told();

  /** What flows along an edge: a record, a tensor of many values, a body. */
  record Wire(Type type) implements Shape {
    @Override
    public String told() {
      String text = type.toString();
      return type instanceof Type.Fields && text.length() > 60 ? "a record" : "`" + text + "`";
    }
  }

  /** One value. */
  record One(Base base) implements Shape {
    @Override
    public String told() {
      return base.told;
    }
  }

  /** A literal with a unit, which mixes with nothing but its like: "a duration". */
  record Amount(String told) implements Shape {}

  record Items(Shape item) implements Shape {
    @Override
    public String told() {
      return "a list";
    }
  }

  /** Not known, or reported already: anything may be done with it. */
  record Unknown() implements Shape {
    @Override
    public String told() {
      return "`?`";
    }
  }

  /** Kinds of values that compare and combine among themselves only. */
  enum Base {
    NUMBER("a number"),
    TEXT("a text"),
    BOOL("`true` or `false`"),
    BYTES("bytes");

    private final String told;

    Base(String told) {
      this.told = told;
    }

    public String told() {
      return told;
    }

    static Base of(Element element) {
      return switch (element) {
        case BOOL -> BOOL;
        case STRING -> TEXT;
        case BYTES -> BYTES;
        default -> NUMBER;
      };
    }
  }

  /**
   * The shape of a value that flows: a tensor that holds one value, or that may, is that value, and
   * so is a record of one field.
   */
  static Shape of(Type type) {
    return switch (type) {
      case Type.Unknown unknown -> Shapes.UNKNOWN;
      case Type.Parameter parameter -> Shapes.UNKNOWN;
      case Type.Tensor tensor when isOne(tensor) -> new One(Base.of(tensor.element()));
      default -> new Wire(type);
    };
  }

  /** The same as an operand, where a record of one field stands for the field. */
  default Shape operand() {
    Shape shape = this;
    while (shape instanceof Wire(Type.Fields fields) && fields.fields().size() == 1) {
      shape = of(fields.fields().firstEntry().getValue());
    }
    return shape;
  }

  private static boolean isOne(Type.Tensor tensor) {
    return tensor.dims().stream()
        .allMatch(dim -> dim instanceof Dim.Unknown || dim.equals(new Dim.Size(1)));
  }

  /** Dims of a tensor of many values, none otherwise. */
  static List<Dim> dims(Shape shape) {
    return shape instanceof Wire(Type.Tensor tensor) ? tensor.dims() : List.of();
  }
}
