package org.finegrain.bigdl.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/** A format of numbers that travel between executors, little endian as in the processors. */
enum NumberFormat {
  /** The float itself. */
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

  /**
   * The upper half of a float, rounded to nearest, ties to even. It has a float's range and 8 bits
   * of precision.
   */
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
    int bits = Float.floatToIntBits(value); // turns every NaN into the same, which is not rounded
    int even = bits >>> HALF & 1;
    return (short) ((Float.isNaN(value) ? bits : bits + 0x7fff + even) >>> HALF);
  }

  /** Returns the number of bytes of {@code length} numbers. */
  int bytes(int length) {
    return Math.multiplyExact(length, bytes);
  }

  /** Writes numbers of an array as bytes, from the start of {@code to}. */
  abstract void write(float[] from, int offset, int length, ByteBuffer to);

  /** Reads {@code length} numbers from the start of {@code from} into an array. */
  abstract void read(ByteBuffer from, float[] to, int offset, int length);
}
