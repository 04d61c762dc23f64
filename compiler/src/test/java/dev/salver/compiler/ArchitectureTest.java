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
          .resideOutsideOfPackages("..lower..", "..emit..")
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
          .layer("syntax")
          .definedBy("..syntax..")
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
          .layer("face")
          .definedBy("dev.salver.compiler")
          .whereLayer("face")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("emit")
          .mayOnlyBeAccessedByLayers("face")
          .whereLayer("lower")
          .mayOnlyBeAccessedByLayers("emit", "face")
          .whereLayer("policy")
          .mayOnlyBeAccessedByLayers("lower", "face")
          .whereLayer("cost")
          .mayOnlyBeAccessedByLayers("policy", "face")
          .whereLayer("cel")
          .mayOnlyBeAccessedByLayers("policy", "face")
          .whereLayer("check")
          .mayOnlyBeAccessedByLayers("cost", "policy", "lower", "face")
          .whereLayer("overlay")
          .mayOnlyBeAccessedByLayers("check", "cost", "policy", "lower", "face")
          .whereLayer("value")
          .mayOnlyBeAccessedByLayers("expand", "overlay", "cel", "check", "cost", "policy", "lower")
          .whereLayer("expand")
          .mayOnlyBeAccessedByLayers("bind", "overlay", "check", "policy", "face")
          .whereLayer("bind")
          .mayOnlyBeAccessedByLayers("overlay", "check", "policy", "face")
          .whereLayer("syntax")
          .mayOnlyBeAccessedByLayers(
              "expand", "bind", "value", "overlay", "cel", "check", "policy", "face");
}
