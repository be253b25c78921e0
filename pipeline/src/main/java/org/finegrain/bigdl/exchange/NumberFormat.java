package org.finegrain.bigdl.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/** How numbers travel between executors; little endian, as the processors have them. */
enum NumberFormat {
  FLOAT32(Float.BYTES) {
    @Override
    void write(float[] from, int offset, int length, ByteBuffer to) {
      to.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(from, offset, length);
    }

    @Override
    void read(ByteBuffer from, float[] to, int offset, int length) {
      from.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(to, offset, length);
    }
  },

  /** The upper half of a float, rounded to nearest, ties to even: its range, and 8 bits of it. */
  BFLOAT16(Short.BYTES) {
    @Override
    void write(float[] from, int offset, int length, ByteBuffer to) {
      ShortBuffer halves = to.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
      for (int i = 0; i < length; i++) {
        halves.put(i, upperHalf(from[offset + i]));
      }
    }

    @Override
    void read(ByteBuffer from, float[] to, int offset, int length) {
      ShortBuffer halves = from.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
      for (int i = 0; i < length; i++) {
        to[offset + i] = Float.intBitsToFloat(halves.get(i) << HALF);
      }
    }
  };

  private static final int HALF = 16;

  private final int bytes;

  NumberFormat(int bytes) {
    this.bytes = bytes;
  }

  private static short upperHalf(float value) {
    int bits = Float.floatToIntBits(value); // one NaN, which rounding leaves one
    int even = bits >>> HALF & 1;
    return (short) ((Float.isNaN(value) ? bits : bits + 0x7fff + even) >>> HALF);
  }

  int bytes(int length) {
    return Math.multiplyExact(length, bytes);
  }

  abstract void write(float[] from, int offset, int length, ByteBuffer to);

  abstract void read(ByteBuffer from, float[] to, int offset, int length);
}
