import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms of the house, and that calls go downwards only. */
@AnalyzeClasses(
    packages = {"app", "routes", "control", "archive", "portal", "ledger", "demo"},
    importOptions = DoNotIncludeTests.class)
class HouseTest {
  @ArchTest
  static final ArchRule callsGoDownwards =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage(
              "app..", "routes..", "control..", "archive..", "portal..", "ledger..", "demo..")
          .layer("app")
          .definedBy("app..")
          .layer("routes")
          .definedBy("routes..")
          .layer("control")
          .definedBy("control..")
          .layer("archive")
          .definedBy("archive..")
          .layer("portal")
          .definedBy("portal..")
          .layer("ledger")
          .definedBy("ledger..")
          .layer("demo")
          .definedBy("demo..")
          .whereLayer("app")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("routes")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("control")
          .mayOnlyBeAccessedByLayers("app", "routes")
          .whereLayer("archive")
          .mayOnlyBeAccessedByLayers("app", "routes")
          .whereLayer("portal")
          .mayOnlyBeAccessedByLayers("app", "routes")
          .whereLayer("ledger")
          .mayOnlyBeAccessedByLayers("app", "routes", "control", "archive")
          .whereLayer("demo")
          .mayOnlyBeAccessedByLayers("app");

  @ArchTest
  static final ArchRule noRoomsInACircle = slices().matching("(*)..").should().beFreeOfCycles();
}
