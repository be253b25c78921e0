package org.finegrain.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A memory layout of feature maps, converted from and to row-major arrays. */
enum MemoryLayout {
  ROWS(1),
  BLOCKS_OF_8(8),
  BLOCKS_OF_16(16);

  private final int block;

  MemoryLayout(int block) {
    this.block = block;
  }

  FeatureMaps maps(float[] values, int images, int channels, int height, int width) {
    if (this == ROWS) {
      return FeatureMaps.rows(values, 0, images, channels, height, width);
    }
    int padded = (channels + block - 1) / block * block;
    ByteBuffer memory =
        ByteBuffer.allocateDirect(images * padded * height * width * Float.BYTES)
            .order(ByteOrder.nativeOrder());
    FeatureMaps maps = FeatureMaps.blocks(memory, block, images, channels, height, width);
    for (int n = 0; n < images; n++) {
      for (int c = 0; c < channels; c++) {
        for (int p = 0; p < height * width; p++) {
          maps.add(n, c, p, values[(n * channels + c) * height * width + p]);
        }
      }
    }
    return maps;
  }

  /** Returns the values row major. The channels that fill the last block must be zero. */
  float[] read(FeatureMaps maps) {
    float[] values = new float[maps.images * maps.channels * maps.positions];
    for (int n = 0; n < maps.images; n++) {
      for (int c = 0; c < maps.channels; c++) {
        for (int p = 0; p < maps.positions; p++) {
          values[(n * maps.channels + c) * maps.positions + p] = maps.get(n, c, p);
        }
      }
      for (int c = maps.channels; c % block != 0; c++) {
        for (int p = 0; p < maps.positions; p++) {
          assertThat(maps.get(n, c, p)).as("padding").isZero();
        }
      }
    }
    return values;
  }
}
