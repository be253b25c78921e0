package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PowerNoteTest {
  private static final Column CUB = Column.of("cub", "");
  private static final Column CARS = Column.of("cars", "");

  private final PowerNote note = new PowerNote();

  @Test
  void thePanelWithTheLeastPowerCounts() {
    add(CUB, rows(0.001));
    add(CUB, rows(0.004));
    add(CUB, rows(0.002));
    add(CARS, rows(0.002));
    assertThat(note.sentence())
        .contains(
            "With a chance of 80 %, these seeds find a difference between two rows of"
                + " 1.05 points on CUB-200-2011 (one point takes 4 seeds);"
                + " 0.52 points on Stanford Cars (one point takes 3 seeds).");
  }

  @Test
  void aHugeSpreadFindsNoDifference() {
    add(CUB, rows(0.5));
    assertThat(note.sentence().orElseThrow()).contains("of more than 100 points on CUB-200-2011");
  }

  @Test
  void rowsThatVaryDifferentlyAreNamed() {
    List<SeedGroup> rows = new ArrayList<>(rows(0.002));
    rows.add(ColumnTestsTest.group(0.4, 0.5, 0.6));
    add(CUB, rows);
    add(CARS, rows(0.002));
    assertThat(note.sentence().orElseThrow())
        .endsWith(
            " Not all spreads may be pooled on CUB-200-2011: a difference to a row that varies more must"
                + " be larger.");
  }

  @Test
  void twoRowsHaveAPowerOfTheirOwn() {
    add(CUB, List.of(ColumnTestsTest.group(0.4, 0.5, 0.6), rows(0.002).get(0)));
    assertThat(note.sentence().orElseThrow()).endsWith("seeds).");
  }

  @Test
  void nothingIsSaidWhereNothingIsTested() {
    add(CUB, List.of(ColumnTestsTest.group(0.5), ColumnTestsTest.group(0.4)));
    add(CUB, List.of(ColumnTestsTest.group(0.5, 0.5), ColumnTestsTest.group(0.4, 0.4)));
    add(CARS, List.of());
    assertThat(note.sentence()).isEmpty();
  }

  private void add(Column column, List<SeedGroup> rows) {
    note.add(column, ColumnTests.of(rows));
  }

  /** Returns four rows of three seeds with the same spread. */
  private static List<SeedGroup> rows(double spread) {
    SeedGroup row = ColumnTestsTest.group(0.5 - spread, 0.5, 0.5 + spread);
    return List.of(row, row, row, row);
  }
}
