package dev.salver.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The way of the data is the way of the imports: which module may use which. */
final class WayOfTheImportsTest {
  /** Module's package → the modules' packages that it may use besides its own. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("dsl", List.of()),
          Map.entry("kube", List.of()),
          Map.entry("artifacts", List.of()),
          Map.entry("git", List.of()),
          Map.entry("edge", List.of()),
          Map.entry("compiler", List.of("dsl", "kube", "artifacts", "git")),
          Map.entry("reconciler", List.of("kube", "git")),
          Map.entry("sandbox", List.of("kube", "edge")),
          Map.entry("server", List.of("kube", "artifacts", "edge")),
          Map.entry(
              "cli",
              List.of(
                  "kube",
                  "artifacts",
                  "git",
                  "edge",
                  "compiler",
                  "reconciler",
                  "sandbox",
                  "server")));

  /** A library and the only packages that may know its types. */
  private static final Map<String, List<String>> LIBRARIES =
      Map.of(
          "org.antlr..", List.of("dev.salver.dsl..", "dev.salver.compiler.syntax.."),
          "io.fabric8..", List.of("dev.salver.reconciler.cluster.."),
          "org.eclipse.jgit..", List.of("dev.salver.git.."),
          "ai.onnxruntime..", List.of("dev.salver.server.engine..", "dev.salver.server"),
          "picocli..", List.of("dev.salver.cli"));

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.salver");

  @TestFactory
  Stream<DynamicTest> modulesUseOnlyWhatTheyMay() {
    return MAY_USE.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () ->
                        classes()
                            .that()
                            .resideInAPackage(tree(entry.getKey()))
                            .should()
                            .onlyDependOnClassesThat(
                                isForeignOrIn(entry.getKey(), entry.getValue()))
                            .allowEmptyShould(true)
                            .check(OURS)));
  }

  @TestFactory
  Stream<DynamicTest> librariesStayBehindTheirPackage() {
    return LIBRARIES.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () ->
                        noClasses()
                            .that()
                            .resideOutsideOfPackages(entry.getValue().toArray(String[]::new))
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(entry.getKey())
                            .allowEmptyShould(true)
                            .check(OURS)));
  }

  private static DescribedPredicate<JavaClass> isForeignOrIn(String own, List<String> others) {
    String[] allowed =
        Stream.concat(Stream.of(own), others.stream())
            .map(WayOfTheImportsTest::tree)
            .toArray(String[]::new);
    return DescribedPredicate.describe(
        "another project's, or of " + Arrays.toString(allowed),
        type ->
            !type.getBaseComponentType().getPackageName().startsWith("dev.salver")
                || JavaClass.Predicates.resideInAnyPackage(allowed)
                    .test(type.getBaseComponentType()));
  }

  private static String tree(String module) {
    return "dev.salver." + module + "..";
  }
}
