package org.finegrain.bigdl.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SliceVectorsTest {
  private final SliceVectors first =
      new SliceVectors(List.of(new float[] {1, 2, 3}, new float[] {11, 12, 13}), 0, 3);
  private final SliceVectors second =
      new SliceVectors(List.of(new float[] {4, 5}, new float[] {14, 15}), 0, 2);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 100})
  void copiesInPiecesOfAnyLength(int length) {
    float[] weights = new float[5];
    float[] momentum = new float[5];
    List<float[]> whole = List.of(weights, momentum);
    copy(first, new SliceVectors(whole, 0, 3), length);
    copy(second, new SliceVectors(whole, 3, 2), length);
    assertThat(weights).containsExactly(1, 2, 3, 4, 5);
    assertThat(momentum).containsExactly(11, 12, 13, 14, 15);
  }

  private static void copy(SliceVectors from, SliceVectors to, int length) {
    for (long at = 0; at < from.numbers(); at += length) {
      to.write(at, from.read(at, length));
    }
  }

  @Test
  void readsNothingBehindTheEnd() {
    assertThat(second.read(3, 7)).containsExactly(15);
    assertThat(second.read(4, 7)).isEmpty();
    assertThat(second.read(9, 7)).isEmpty();
  }
}
