package org.finegrain.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.finegrain.dataset.Sample;
import org.finegrain.dataset.Split;
import org.junit.jupiter.api.Test;

class ValidationSplitTest {
  @Test
  void takesTheShareOfEachClass() {
    List<Sample> samples = new ArrayList<>();
    add(samples, 0, 30, Split.TRAIN);
    add(samples, 1, 14, Split.TRAIN);
    add(samples, 2, 4, Split.TRAIN);
    add(samples, 3, 1, Split.TRAIN);
    add(samples, 0, 50, Split.TEST);
    Set<String> chosen = new ValidationSplit(0.1, 1).choose(samples);
    assertThat(count(chosen, 0)).isEqualTo(3);
    assertThat(count(chosen, 1)).isEqualTo(1);
    assertThat(count(chosen, 2)).as("at least one").isEqualTo(1);
    assertThat(count(chosen, 3)).as("never the only one").isZero();
    assertThat(chosen).noneMatch(id -> id.contains("TEST"));
  }

  @Test
  void neverTakesAWholeClass() {
    List<Sample> samples = new ArrayList<>();
    add(samples, 0, 2, Split.TRAIN);
    assertThat(new ValidationSplit(0.99, 1).choose(samples)).hasSize(1);
  }

  @Test
  void fractionZeroTakesNothing() {
    List<Sample> samples = new ArrayList<>();
    add(samples, 0, 30, Split.TRAIN);
    assertThat(new ValidationSplit(0, 1).choose(samples)).isEmpty();
  }

  @Test
  void dependsOnTheSeedAndNotOnTheOrder() {
    List<Sample> samples = new ArrayList<>();
    add(samples, 0, 30, Split.TRAIN);
    Set<String> chosen = new ValidationSplit(0.3, 1).choose(samples);
    Collections.reverse(samples);
    assertThat(new ValidationSplit(0.3, 1).choose(samples)).isEqualTo(chosen);
    assertThat(new ValidationSplit(0.3, 2).choose(samples)).isNotEqualTo(chosen);
  }

  private static void add(List<Sample> samples, int label, int count, Split split) {
    for (int i = 0; i < count; i++) {
      String id = String.format(Locale.ROOT, "%d-%s-%d", label, split, i);
      samples.add(new Sample(id, id + ".jpg", label, split, null));
    }
  }

  private static long count(Set<String> ids, int label) {
    return ids.stream().filter(id -> id.startsWith(label + "-")).count();
  }
}
