package org.finegrain.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PairedTTestTest {
  private static final long SAMPLES = 5794;

  @Test
  void matchesTheClosedFormForThreePairs() {
    double p = PairedTTest.pValue(hits(2, 4, 6), hits(1, 2, 3));
    double t = 2 * Math.sqrt(3); // differences 1, 2, 3: mean 2, standard deviation 1
    double closedForm =
        1 - t / Math.sqrt(2 + t * t); // Student's distribution with 2 degrees of freedom
    assertThat(p).isCloseTo(closedForm, within(1e-9));
  }

  @Test
  void isSymmetric() {
    List<Hits> a = hits(2400, 2910, 3512);
    List<Hits> b = hits(2633, 2780, 4001);
    assertThat(PairedTTest.pValue(a, b)).isCloseTo(PairedTTest.pValue(b, a), within(1e-15));
  }

  @Test
  void equalDifferencesGiveNoEvidence() {
    assertThat(PairedTTest.pValue(hits(1, 2), hits(1, 2))).isEqualTo(1);
    // As fractions the differences would vary in their last bits, and p would be below 1e-25.
    assertThat(PairedTTest.pValue(hits(4636, 4641, 4631), hits(4635, 4640, 4630))).isEqualTo(1);
  }

  @Test
  void onePairGivesNoEvidence() {
    assertThat(PairedTTest.pValue(hits(4000), hits(1))).isEqualTo(1);
    assertThat(PairedTTest.pValue(hits(), hits())).isEqualTo(1);
  }

  @Test
  void countsOfOtherSamplesAreNotCompared() {
    List<Hits> slice = List.of(new Hits(2, 10), new Hits(4, 10), new Hits(9, 10));
    assertThat(PairedTTest.pValue(hits(4000, 4100, 4200), slice)).isEqualTo(1);
  }

  @Test
  void eachCountNeedsItsPair() {
    assertThatThrownBy(() -> PairedTTest.pValue(hits(1, 2), hits(2)))
        .hasMessage("Cannot pair 2 counts with 1 counts");
  }

  private static List<Hits> hits(long... counts) {
    return LongStream.of(counts).mapToObj(count -> new Hits(count, SAMPLES)).toList();
  }
}
