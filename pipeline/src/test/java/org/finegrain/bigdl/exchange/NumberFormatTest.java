package org.finegrain.bigdl.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NumberFormatTest {
  private static final float[] VALUES = {
    0, -0f, 1, -1.5f, 1e-38f, -3e38f, Float.MIN_VALUE, Float.POSITIVE_INFINITY, Float.NaN
  };

  @Test
  void floatsArriveUnchanged() {
    assertThat(travel(NumberFormat.FLOAT32, VALUES)).containsExactly(VALUES);
    assertThat(NumberFormat.FLOAT32.bytes(3)).isEqualTo(12);
  }

  @Test
  void halvesKeepRangeAndEightBits() {
    assertThat(NumberFormat.BFLOAT16.bytes(3)).isEqualTo(6);
    assertThat(travel(NumberFormat.BFLOAT16, 0, -0f, 1, -1.5f, 256, Float.NaN))
        .containsExactly(0, -0f, 1, -1.5f, 256, Float.NaN);
    assertThat(travel(NumberFormat.BFLOAT16, Float.NEGATIVE_INFINITY, Float.MAX_VALUE))
        .containsExactly(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
    assertThat(travel(NumberFormat.BFLOAT16, 257, 259, 257.001f))
        .as("to nearest, ties to even")
        .containsExactly(256, 260, 258);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      float value = (float) (random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-30, 30)));
      float[] arrived = travel(NumberFormat.BFLOAT16, value);
      assertThat(Math.abs(arrived[0] - value)).isLessThanOrEqualTo(Math.abs(value) / 256);
    }
  }

  private static float[] travel(NumberFormat format, float... values) {
    float[] padded = new float[values.length + 2];
    System.arraycopy(values, 0, padded, 2, values.length);
    ByteBuffer bytes = ByteBuffer.allocate(format.bytes(values.length));
    format.write(padded, 2, values.length, bytes.duplicate());
    float[] arrived = new float[values.length + 1];
    format.read(bytes.duplicate(), arrived, 1, values.length);
    return Arrays.copyOfRange(arrived, 1, arrived.length);
  }
}
