package org.finegrain.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairedTestTest {
  @Test
  void matchesTheClosedFormForThreePairs() {
    double p = PairedTest.pValue(List.of(2.0, 4.0, 6.0), List.of(1.0, 2.0, 3.0));
    double t = 2 * Math.sqrt(3); // differences 1, 2, 3: mean 2, standard deviation 1
    double closedForm =
        1 - t / Math.sqrt(2 + t * t); // Student's distribution with 2 degrees of freedom
    assertThat(p).isCloseTo(closedForm, within(1e-9));
  }

  @Test
  void isSymmetric() {
    List<Double> a = List.of(0.4, 0.5, 0.61);
    List<Double> b = List.of(0.45, 0.48, 0.7);
    assertThat(PairedTest.pValue(a, b)).isCloseTo(PairedTest.pValue(b, a), within(1e-15));
  }

  @Test
  void equalDifferencesTestNothing() {
    assertThat(PairedTest.pValue(List.of(1.0, 2.0), List.of(1.0, 2.0))).isEqualTo(1);
    assertThat(PairedTest.pValue(List.of(2.0, 3.0), List.of(1.0, 2.0))).isEqualTo(1);
  }

  @Test
  void onePairTestsNothing() {
    assertThatThrownBy(() -> PairedTest.pValue(List.of(1.0), List.of(2.0)))
        .hasMessage("Cannot test 1 values against 1: needs two pairs or more");
  }
}
