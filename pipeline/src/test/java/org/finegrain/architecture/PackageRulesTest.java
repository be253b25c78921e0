package org.finegrain.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds the table of packages in {@code docs/architecture.md}, which it reads. */
@AnalyzeClasses(packages = "org.finegrain", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageRulesTest {
  private static final PackageTable TABLE = PackageTable.read();

  /** The libraries that the table names, by the beginning of their packages' names. */
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "com.intel.", "BigDL",
          "scala.", "Scala",
          "org.apache.spark.", "Spark",
          "org.apache.hadoop.", "Hadoop",
          "org.apache.parquet.", "Parquet",
          "com.fasterxml.jackson.", "Jackson",
          "com.typesafe.config.", "Typesafe Config",
          "org.yaml.snakeyaml.", "SnakeYAML",
          "org.jfree.", "JFreeChart",
          "us.hebi.matlab.", "MFL");

  @ArchTest
  static void everyPackageStandsInTheTable(JavaClasses classes) {
    for (JavaClass type : classes) {
      assertThat(TABLE.of(type.getPackageName())).as(type.getName()).isPresent();
    }
  }

  @ArchTest
  static void everyRowHoldsClasses(JavaClasses classes) {
    Set<String> names = new TreeSet<>();
    classes.forEach(type -> names.add(TABLE.of(type.getPackageName()).orElseThrow().name()));
    assertThat(names).isEqualTo(new TreeSet<>(TABLE.rows().keySet()));
  }

  @ArchTest
  static void everyPackageUsesThePackagesThatTheTableNames(JavaClasses classes) {
    Map<String, Set<String>> used =
        used(classes, type -> TABLE.of(type.getPackageName()).map(PackageTable.Row::name));
    assertThat(text(used)).isEqualTo(text(stated(PackageTable.Row::mayUse)));
  }

  @ArchTest
  static void everyPackageUsesTheLibrariesThatTheTableNames(JavaClasses classes) {
    Map<String, Set<String>> used = used(classes, PackageRulesTest::library);
    assertThat(text(used)).isEqualTo(text(stated(PackageTable.Row::libraries)));
  }

  private static Map<String, Set<String>> stated(Function<PackageTable.Row, Set<String>> cell) {
    Map<String, Set<String>> stated = new TreeMap<>();
    TABLE.rows().values().forEach(row -> stated.put(row.name(), cell.apply(row)));
    return stated;
  }

  /** Returns a line for each package, so that a failure shows the lines that differ. */
  private static String text(Map<String, Set<String>> lines) {
    return lines.entrySet().stream()
        .map(line -> line.getKey() + ": " + String.join(", ", line.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  /**
   * Returns the part that a class belongs to, in the words of the table; empty where it has none.
   */
  private interface Naming {
    Optional<String> of(JavaClass type);
  }

  /** Returns for each row of the table what its classes refer to beside itself. */
  private static Map<String, Set<String>> used(JavaClasses classes, Naming naming) {
    Map<String, Set<String>> used = new TreeMap<>();
    for (JavaClass type : classes) {
      String own = TABLE.of(type.getPackageName()).orElseThrow().name();
      Set<String> names = used.computeIfAbsent(own, it -> new TreeSet<>());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        naming
            .of(dependency.getTargetClass().getBaseComponentType())
            .filter(name -> !name.equals(own))
            .ifPresent(names::add);
      }
    }
    return used;
  }

  private static Optional<String> library(JavaClass type) {
    return isTuple2(type)
        ? Optional.empty()
        : LIBRARIES.entrySet().stream()
            .filter(library -> type.getName().startsWith(library.getKey()))
            .map(Map.Entry::getValue)
            .findFirst();
  }

  private static boolean isTuple2(JavaClass type) {
    return type.getName().equals("scala.Tuple2");
  }

  /** Spark would take brackets in a path for a pattern. */
  @ArchTest
  static final ArchRule storedFilesAreReadByTheirNames =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.finegrain.ingest.StoredParquet")
          .should()
          .callMethod("org.apache.spark.sql.SparkSession", "read");
}
