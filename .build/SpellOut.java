import java.io.IOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * SpellOut JAR…: writes out, in the project's own jars and in place, what javac leaves to be
 * generated at run time: the choice of a {@code switch} over types, and {@code equals} and {@code
 * hashCode} of records. An AOT cache holds classes but not those that are generated, and each costs
 * a start about half a millisecond. What these methods answer is what the generated ones would.
 */
final class SpellOut {
  private static final String OWN = "-SNAPSHOT.jar";
  private static final ClassDesc SWITCHES = ClassDesc.of("java.lang.runtime.SwitchBootstraps");
  private static final ClassDesc RECORDS = ClassDesc.of("java.lang.runtime.ObjectMethods");
  private static final ClassDesc OBJECTS = Objects.class.describeConstable().orElseThrow();

  public static void main(String[] jars) throws IOException {
    var urls = new ArrayList<URL>();
    for (String jar : jars) {
      urls.add(Path.of(jar).toUri().toURL());
    }
    try (var loader = new URLClassLoader(urls.toArray(URL[]::new))) {
      ClassFile files =
          ClassFile.of(
              ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
      for (String jar : jars) {
        if (jar.endsWith(OWN)) {
          rewrite(files, Path.of(jar));
        }
      }
    }
  }

  private static void rewrite(ClassFile files, Path jar) throws IOException {
    try (FileSystem system = FileSystems.newFileSystem(jar)) {
      List<Path> classes;
      try (var all = Files.walk(system.getPath("/"))) {
        classes = all.filter(file -> file.toString().endsWith(".class")).toList();
      }
      for (Path file : classes) {
        ClassModel model = files.parse(Files.readAllBytes(file));
        if (model.methods().stream().anyMatch(SpellOut::isGenerating)) {
          Files.write(file, files.transformClass(model, new Rewriting(model)));
        }
      }
    }
  }

  private static boolean isGenerating(MethodModel method) {
    return method.code().stream()
        .flatMap(CodeModel::elementStream)
        .anyMatch(e -> e instanceof InvokeDynamicInstruction call && isOurs(call));
  }

  private static boolean isOurs(InvokeDynamicInstruction call) {
    DirectMethodHandleDesc by = call.bootstrapMethod();
    if (by.owner().equals(SWITCHES)) {
      return by.methodName().equals("typeSwitch")
          && call.bootstrapArgs().stream()
              .allMatch(label -> label instanceof ClassDesc type && !type.isPrimitive());
    }
    return by.owner().equals(RECORDS) && !call.name().equalsString("toString");
  }

  /** A switch's choice, as a method: (value, label to begin with) → label. */
  private record Choice(String name, MethodTypeDesc type, List<ClassDesc> labels) {}

  private static final class Rewriting implements ClassTransform {
    private final ClassDesc owner;
    private final boolean isInterface;
    private final List<Choice> choices = new ArrayList<>();

    Rewriting(ClassModel model) {
      owner = model.thisClass().asSymbol();
      isInterface = model.flags().has(AccessFlag.INTERFACE);
    }

    @Override
    public void accept(ClassBuilder built, ClassElement element) {
      if (element instanceof MethodModel method && isGenerating(method)) {
        built.transformMethod(
            method,
            (copy, part) -> {
              if (part instanceof CodeModel code) {
                copy.transformCode(code, this::instruction);
              } else {
                copy.with(part);
              }
            });
      } else {
        built.with(element);
      }
    }

    private void instruction(CodeBuilder code, CodeElement element) {
      if (!(element instanceof InvokeDynamicInstruction call) || !isOurs(call)) {
        code.with(element);
      } else if (call.bootstrapMethod().owner().equals(SWITCHES)) {
        var choice =
            new Choice(
                "choice$" + choices.size(),
                call.typeSymbol(),
                call.bootstrapArgs().stream().map(ClassDesc.class::cast).toList());
        choices.add(choice);
        code.invokestatic(owner, choice.name(), choice.type(), isInterface);
      } else {
        List<ConstantDesc> arguments = call.bootstrapArgs();
        List<DirectMethodHandleDesc> fields =
            arguments.subList(2, arguments.size()).stream()
                .map(DirectMethodHandleDesc.class::cast)
                .toList();
        if (call.name().equalsString("hashCode")) {
          hash(code, fields);
        } else {
          equal(code, fields);
        }
      }
    }

    @Override
    public void atEnd(ClassBuilder built) {
      for (Choice choice : choices) {
        built.withMethodBody(
            choice.name(),
            choice.type(),
            ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
            code -> choose(code, choice.labels()));
      }
    }

    private static void choose(CodeBuilder code, List<ClassDesc> labels) {
      Label there = code.newLabel();
      code.aload(0).ifnonnull(there).loadConstant(-1).ireturn().labelBinding(there);
      for (int i = 0; i < labels.size(); i++) {
        Label next = code.newLabel();
        code.iload(1).loadConstant(i).if_icmpgt(next);
        code.aload(0).instanceOf(labels.get(i)).ifeq(next);
        code.loadConstant(i).ireturn().labelBinding(next);
      }
      code.loadConstant(labels.size()).ireturn();
    }

    /** Takes {@code this} from the stack and leaves the hash. */
    private void hash(CodeBuilder code, List<DirectMethodHandleDesc> fields) {
      code.pop().loadConstant(0);
      for (DirectMethodHandleDesc field : fields) {
        ClassDesc type = field.invocationType().returnType();
        code.loadConstant(31).imul().aload(0).getfield(owner, field.methodName(), type);
        ClassDesc by = type.isPrimitive() ? boxed(type) : OBJECTS;
        ClassDesc taken = type.isPrimitive() ? type : ConstantDescs.CD_Object;
        code.invokestatic(by, "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, taken)).iadd();
      }
    }

    /** Takes {@code this} and the other from the stack and leaves whether they are equal. */
    private void equal(CodeBuilder code, List<DirectMethodHandleDesc> fields) {
      Label yes = code.newLabel();
      Label no = code.newLabel();
      Label end = code.newLabel();
      code.pop2().aload(0).aload(1).if_acmpeq(yes).aload(1).instanceOf(owner).ifeq(no);
      for (DirectMethodHandleDesc field : fields) {
        ClassDesc type = field.invocationType().returnType();
        code.aload(0).getfield(owner, field.methodName(), type);
        code.aload(1).checkcast(owner).getfield(owner, field.methodName(), type);
        switch (type.descriptorString()) {
          case "I", "Z", "B", "C", "S" -> code.if_icmpne(no);
          case "J" -> code.lcmp().ifne(no);
          case "F", "D" ->
              code.invokestatic(
                      boxed(type), "compare", MethodTypeDesc.of(ConstantDescs.CD_int, type, type))
                  .ifne(no);
          default ->
              code.invokestatic(
                      OBJECTS,
                      "equals",
                      MethodTypeDesc.of(
                          ConstantDescs.CD_boolean,
                          ConstantDescs.CD_Object,
                          ConstantDescs.CD_Object))
                  .ifeq(no);
        }
      }
      code.labelBinding(yes).loadConstant(1).goto_(end);
      code.labelBinding(no).loadConstant(0).labelBinding(end);
    }

    private static ClassDesc boxed(ClassDesc primitive) {
      return ClassDesc.of(
          "java.lang",
          switch (primitive.descriptorString()) {
            case "I" -> "Integer";
            case "J" -> "Long";
            case "Z" -> "Boolean";
            case "B" -> "Byte";
            case "C" -> "Character";
            case "S" -> "Short";
            case "F" -> "Float";
            default -> "Double";
          });
    }
  }
}
