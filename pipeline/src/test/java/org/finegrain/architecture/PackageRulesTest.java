package org.finegrain.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;

/** Holds the table of packages in {@code docs/architecture.md}. */
@AnalyzeClasses(packages = "org.finegrain", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageRulesTest {
  /** Package → the packages of finegrain that it may use. */
  private static final Map<String, String[]> MAY_USE =
      Map.ofEntries(
          Map.entry("random", new String[] {}),
          Map.entry("environment", new String[] {}),
          Map.entry("config", new String[] {}),
          Map.entry("storage", new String[] {}),
          Map.entry("dataset", new String[] {"storage", "config", "random"}),
          Map.entry("image", new String[] {"config", "random"}),
          Map.entry("ingest", new String[] {"dataset", "image", "storage", "config", "random"}),
          Map.entry("parallel", new String[] {}),
          Map.entry("memory", new String[] {}),
          Map.entry("attention", new String[] {"parallel", "memory"}),
          Map.entry("convolution", new String[] {"parallel", "memory"}),
          Map.entry("loss", new String[] {"parallel", "random"}),
          Map.entry("optimizer", new String[] {"parallel"}),
          Map.entry("model", new String[] {"attention", "config", "random"}),
          Map.entry(
              "bigdl",
              new String[] {
                "attention",
                "convolution",
                "loss",
                "optimizer",
                "model",
                "environment",
                "config",
                "parallel",
                "random"
              }),
          Map.entry(
              "train",
              new String[] {
                "bigdl",
                "ingest",
                "dataset",
                "image",
                "model",
                "storage",
                "environment",
                "config",
                "random"
              }),
          Map.entry(
              "doctor",
              new String[] {
                "train", "bigdl", "ingest", "dataset", "model", "storage", "environment", "config"
              }),
          Map.entry("provenance", new String[] {"train", "storage", "config"}),
          Map.entry("sweep", new String[] {"train", "storage", "config"}),
          Map.entry("report", new String[] {"storage"}));

  @ArchTest
  static void everyPackageUsesOnlyWhatTheTableAllows(JavaClasses classes) {
    MAY_USE.forEach(
        (name, allowed) -> {
          DescribedPredicate<JavaClass> others =
              resideInAPackage("org.finegrain..")
                  .and(not(resideInAPackage(packageOf(name))))
                  .and(
                      not(
                          resideInAnyPackage(
                              Arrays.stream(allowed)
                                  .map(PackageRulesTest::packageOf)
                                  .toArray(String[]::new))));
          noClasses()
              .that()
              .resideInAPackage(packageOf(name))
              .should()
              .dependOnClassesThat(others)
              .allowEmptyShould(true)
              .check(classes);
        });
  }

  @ArchTest
  static void everyPackageStandsInTheTable(JavaClasses classes) {
    TreeSet<String> names = new TreeSet<>();
    for (JavaClass type : classes) {
      names.add(type.getPackageName().split("\\.")[2]);
    }
    assertThat(MAY_USE.keySet()).containsAll(names);
  }

  @ArchTest
  static final ArchRule onlyBigdlKnowsTheEngine =
      noClasses()
          .that()
          .resideOutsideOfPackage(packageOf("bigdl"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.intel..");

  @ArchTest
  static final ArchRule onlyBigdlKnowsScala =
      noClasses()
          .that()
          .resideOutsideOfPackage(packageOf("bigdl"))
          .should()
          .dependOnClassesThat(
              resideInAPackage("scala..")
                  .and(not(DescribedPredicate.describe("Tuple2", PackageRulesTest::isTuple2))));

  /** Spark would take brackets in a path for a pattern. */
  @ArchTest
  static final ArchRule storedFilesAreReadByTheirNames =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.finegrain.ingest.StoredParquet")
          .should()
          .callMethod("org.apache.spark.sql.SparkSession", "read");

  @ArchTest
  static final ArchRule theCoreKnowsNoSpark =
      noClasses()
          .that()
          .resideInAnyPackage(
              packageOf("random"),
              packageOf("parallel"),
              packageOf("config"),
              packageOf("environment"),
              packageOf("storage"),
              packageOf("dataset"),
              packageOf("image"),
              packageOf("memory"),
              packageOf("attention"),
              packageOf("convolution"),
              packageOf("loss"),
              packageOf("model"),
              packageOf("report"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark..");

  @ArchTest
  static final ArchRule onlyConfigurationReadsHocon =
      noClasses()
          .that()
          .resideOutsideOfPackages(packageOf("config"), packageOf("dataset"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.typesafe.config..");

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("org.finegrain.(*)..").should().beFreeOfCycles();

  private static String packageOf(String name) {
    return "org.finegrain." + name + "..";
  }

  private static boolean isTuple2(JavaClass type) {
    return type.getName().equals("scala.Tuple2");
  }
}
