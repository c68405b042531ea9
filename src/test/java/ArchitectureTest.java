import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import cli.Pause;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import ledger.Ledger;
import model.Ticker;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.NullMarked;
import store.SourceBucket;
import store.Store;

/** The packages, and that calls go downwards only. */
@AnalyzeClasses(
    packages = {
      "app",
      "cli",
      "routes",
      "alerts",
      "api",
      "pipeline",
      "monitor",
      "audit",
      "scripts",
      "store",
      "ledger",
      "portal",
      "config",
      "model",
      "platform",
      "demo"
    },
    importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule callsGoDownwards =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("app")
          .definedBy("app..")
          .layer("cli")
          .definedBy("cli..")
          .layer("routes")
          .definedBy("routes..")
          .layer("alerts")
          .definedBy("alerts..")
          .layer("api")
          .definedBy("api..")
          .layer("monitor")
          .definedBy("monitor..")
          .layer("pipeline")
          .definedBy("pipeline..")
          .layer("audit")
          .definedBy("audit..")
          .layer("scripts")
          .definedBy("scripts..")
          .layer("store")
          .definedBy("store..")
          .layer("ledger")
          .definedBy("ledger..")
          .layer("portal")
          .definedBy("portal..")
          .layer("config")
          .definedBy("config..")
          .layer("demo")
          .definedBy("demo..")
          .layer("model")
          .definedBy("model..")
          .layer("platform")
          .definedBy("platform..")
          .whereLayer("app")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("cli")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("routes")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("alerts")
          .mayOnlyBeAccessedByLayers("app", "cli")
          .whereLayer("api")
          .mayOnlyBeAccessedByLayers("app", "cli", "routes", "alerts")
          .whereLayer("monitor")
          .mayOnlyBeAccessedByLayers("app", "api")
          .whereLayer("pipeline")
          .mayOnlyBeAccessedByLayers("app", "routes", "monitor")
          .whereLayer("audit")
          .mayOnlyBeAccessedByLayers("app", "cli")
          .whereLayer("scripts")
          .mayOnlyBeAccessedByLayers("app", "cli", "api", "pipeline", "monitor")
          .whereLayer("store")
          .mayOnlyBeAccessedByLayers("app", "cli", "pipeline", "monitor", "audit", "portal")
          .whereLayer("ledger")
          .mayOnlyBeAccessedByLayers("app", "cli", "api", "pipeline", "monitor", "audit", "scripts")
          .whereLayer("portal")
          .mayOnlyBeAccessedByLayers("app", "cli", "pipeline", "monitor")
          .whereLayer("config")
          .mayOnlyBeAccessedByLayers(
              "app",
              "cli",
              "alerts",
              "api",
              "pipeline",
              "monitor",
              "audit",
              "scripts",
              "store",
              "portal")
          .whereLayer("demo")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("demo")
          .mayNotAccessAnyLayer()
          .whereLayer("model")
          .mayOnlyAccessLayers("platform")
          .whereLayer("platform")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule commandsKnowOfTheApiOnlyItsClientAndItsRecords =
      noClasses()
          .that()
          .resideInAPackage("cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("api", "api.web");

  @ArchTest
  static final ArchRule noCyclesBetweenPackages =
      slices().matching("(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheStoreKnowsTheAwsSdk =
      noClasses()
          .that()
          .resideOutsideOfPackage("store")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon..");

  @ArchTest
  static final ArchRule routesHoldsEveryRouteBuilder =
      classes().that().areAssignableTo(RouteBuilder.class).should().resideInAPackage("routes");

  @ArchTest
  static final ArchRule routesHoldsNothingElse =
      classes()
          .that()
          .resideInAPackage("routes")
          .and()
          .areTopLevelClasses()
          .and()
          .haveSimpleNameNotEndingWith("package-info")
          .should()
          .beAssignableTo(RouteBuilder.class);

  /** What reads the time, or waits. */
  private static final Set<String> OWN_TIME =
      Set.of(
          "java.lang.System.nanoTime()",
          "java.lang.System.currentTimeMillis()",
          "java.lang.Thread.sleep(long)",
          "java.util.concurrent.locks.LockSupport.parkNanos(long)",
          "java.time.Instant.now()",
          "java.time.LocalDate.now()",
          "java.time.ZonedDateTime.now()");

  private static final Set<String> OWN_CHANCE =
      Set.of(
          "java.lang.Math.random()",
          "java.util.Random.<init>()",
          "java.util.concurrent.ThreadLocalRandom.current()");

  private static final Set<String> THE_SYSTEMS_CLOCK =
      Set.of("java.time.InstantSource.system()", "java.time.Clock.systemUTC()");

  /** So that tests control the time. */
  @ArchTest
  static final ArchRule timeIsHandedIn =
      noClasses()
          .that()
          .resideOutsideOfPackage("demo..")
          .and()
          .doNotBelongToAnyOf(Ticker.class, Pause.class) // what is handed in
          .should()
          .accessTargetWhere(target(OWN_TIME));

  /** So that the same seed reproduces a run. */
  @ArchTest
  static final ArchRule chanceIsHandedIn =
      noClasses()
          .that()
          .resideOutsideOfPackages("app", "cli", "demo..") // where it is chosen
          .should()
          .accessTargetWhere(target(OWN_CHANCE));

  @ArchTest
  static final ArchRule theSystemsClockIsChosenWhereThingsArePutTogether =
      noClasses()
          .that()
          .resideOutsideOfPackages("app..", "cli..", "demo..")
          .and()
          .doNotBelongToAnyOf(Ledger.class, Store.class, SourceBucket.class) // each opened with it
          .should()
          .accessTargetWhere(target(THE_SYSTEMS_CLOCK));

  /** Calls and method references. */
  private static DescribedPredicate<JavaAccess<?>> target(Set<String> names) {
    return DescribedPredicate.describe(
        "its target is one of " + names,
        access -> names.contains(access.getTarget().getFullName()));
  }

  /** Two implementations of one protocol are fine, but not with the same name. */
  @ArchTest
  static void portalAndDemoShareNoNames(JavaClasses classes) {
    assertThat(namesIn(classes, "demo")).doesNotContainAnyElementsOf(namesIn(classes, "portal"));
  }

  /** Other versions of the program may leave out any field of the API's records. */
  @ArchTest
  static void everyPackageButTheApisRecordsSaysWhatMayBeNull(JavaClasses classes)
      throws ClassNotFoundException {
    for (String name : classes.stream().map(JavaClass::getPackageName).collect(toSet())) {
      if (!name.equals("api.dto")) {
        assertThat(Class.forName(name + ".package-info")).hasAnnotation(NullMarked.class);
      }
    }
  }

  private static Set<String> namesIn(JavaClasses classes, String room) {
    return classes.stream()
        .filter(type -> (type.getPackageName() + ".").startsWith(room + "."))
        .map(JavaClass::getSimpleName)
        .filter(name -> !name.isEmpty() && !name.equals("package-info"))
        .collect(toSet());
  }
}
