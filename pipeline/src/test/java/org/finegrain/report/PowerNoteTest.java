package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PowerNoteTest {
  private static final Column CUB = Column.of("cub", "");
  private static final Column CARS = Column.of("cars", "");

  private final PowerNote note = new PowerNote();

  @Test
  void thePanelWithTheLeastPowerCounts() {
    note.add(CUB, rows(0.001));
    note.add(CUB, rows(0.004));
    note.add(CUB, rows(0.002));
    note.add(CARS, rows(0.002));
    assertThat(note.sentence())
        .contains(
            "With a chance of 80 %, these seeds find a difference between two rows of"
                + " 1.05 points on CUB-200-2011 (one point takes 4 seeds);"
                + " 0.52 points on Stanford Cars (one point takes 3 seeds).");
  }

  @Test
  void aHugeSpreadFindsNoDifference() {
    note.add(CUB, rows(0.5));
    assertThat(note.sentence().orElseThrow()).contains("of more than 100 points on CUB-200-2011");
  }

  @Test
  void nothingIsSaidWhereNothingIsTested() {
    note.add(CUB, List.of(SeedGroupTest.group(0.5), SeedGroupTest.group(0.4)));
    note.add(CUB, List.of(SeedGroupTest.group(0.5, 0.5), SeedGroupTest.group(0.4, 0.4)));
    note.add(CARS, List.of());
    assertThat(note.sentence()).isEmpty();
  }

  /** Returns four rows of three seeds with the same spread. */
  private static List<SeedGroup> rows(double spread) {
    SeedGroup row = SeedGroupTest.group(0.5 - spread, 0.5, 0.5 + spread);
    return List.of(row, row, row, row);
  }
}
