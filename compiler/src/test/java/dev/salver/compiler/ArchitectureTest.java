package dev.salver.compiler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The way of the data is the way of the imports. */
@AnalyzeClasses(
    packages = "dev.salver.compiler",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule THE_PARSER_GENERATOR_STAYS_IN_SYNTAX =
      noClasses()
          .that()
          .resideOutsideOfPackage("..syntax..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.antlr..", "dev.salver.dsl..");

  @ArchTest
  static final ArchRule THE_EXPRESSION_ENGINE_STAYS_IN_CEL =
      noClasses()
          .that()
          .resideOutsideOfPackage("..cel..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.cel..", "com.google..");

  @ArchTest
  static final ArchRule CHECKING_KNOWS_NO_JSON =
      noClasses()
          .that()
          .resideOutsideOfPackages("..lower..", "..emit..", "..testing..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml..", "io.fabric8..");

  @ArchTest
  static final ArchRule NO_NETWORK =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("java.net..");

  @ArchTest
  static final ArchRule PHASES_FOLLOW_EACH_OTHER =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("source")
          .definedBy("..source..")
          .layer("diagnostic")
          .definedBy("..diagnostic..")
          .layer("memo")
          .definedBy("..memo..")
          .layer("syntax")
          .definedBy("..syntax..")
          .layer("format")
          .definedBy("..format..")
          .layer("bind")
          .definedBy("..bind..")
          .layer("value")
          .definedBy("..value..")
          .layer("expand")
          .definedBy("..expand..")
          .layer("overlay")
          .definedBy("..overlay..")
          .layer("check")
          .definedBy("..check..")
          .layer("type")
          .definedBy("..type..")
          .layer("typing")
          .definedBy("..typing..")
          .layer("lock")
          .definedBy("..lock..")
          .layer("graph")
          .definedBy("..graph..")
          .layer("cel")
          .definedBy("..cel..")
          .layer("cost")
          .definedBy("..cost..")
          .layer("policy")
          .definedBy("..policy..")
          .layer("lower")
          .definedBy("..lower..")
          .layer("emit")
          .definedBy("..emit..")
          .layer("testing")
          .definedBy("..testing..")
          .layer("face")
          .definedBy("dev.salver.compiler")
          .whereLayer("face")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("memo")
          .mayOnlyBeAccessedByLayers("cel", "check", "graph", "policy", "lower", "face")
          .whereLayer("testing")
          .mayOnlyBeAccessedByLayers("face")
          .whereLayer("emit")
          .mayOnlyBeAccessedByLayers("face")
          .whereLayer("lower")
          .mayOnlyBeAccessedByLayers("emit", "face", "testing")
          .whereLayer("graph")
          .mayOnlyBeAccessedByLayers("policy", "lower", "face", "testing")
          .whereLayer("lock")
          .mayOnlyBeAccessedByLayers("check", "graph", "lower", "face")
          .whereLayer("typing")
          .mayOnlyBeAccessedByLayers("graph", "policy", "lower", "face")
          .whereLayer("type")
          .mayOnlyBeAccessedByLayers(
              "lock", "bind", "expand", "typing", "check", "graph", "policy", "lower", "face",
              "testing")
          .whereLayer("policy")
          .mayOnlyBeAccessedByLayers("lower", "face", "testing")
          .whereLayer("cost")
          .mayOnlyBeAccessedByLayers("policy", "face")
          .whereLayer("cel")
          .mayOnlyBeAccessedByLayers("policy", "face", "testing")
          .whereLayer("check")
          .mayOnlyBeAccessedByLayers("cost", "graph", "policy", "lower", "face", "testing")
          .whereLayer("overlay")
          .mayOnlyBeAccessedByLayers("check", "cost", "graph", "policy", "lower", "face", "testing")
          .whereLayer("value")
          .mayOnlyBeAccessedByLayers(
              "expand", "overlay", "typing", "cel", "check", "cost", "graph", "policy", "lower",
              "testing")
          .whereLayer("expand")
          .mayOnlyBeAccessedByLayers("bind", "overlay", "check", "graph", "policy", "face")
          .whereLayer("bind")
          .mayOnlyBeAccessedByLayers("overlay", "check", "graph", "policy", "face", "testing")
          .whereLayer("syntax")
          .mayOnlyBeAccessedByLayers(
              "type", "typing", "expand", "bind", "value", "overlay", "cel", "check", "graph",
              "policy", "lower", "format", "testing", "face")
          .whereLayer("format")
          .mayNotBeAccessedByAnyLayer();
}
