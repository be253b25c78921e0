package org.finegrain.model;

import java.nio.ByteBuffer;

/** The type of the numbers in a safetensors file, under the format's names. */
enum NumberType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  /** The type of counters, which no network needs. */
  I64(8);

  private static final float SMALLEST_HALF = 0x1p-24f;

  private final int bytes;

  NumberType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the bytes of one number. */
  int bytes() {
    return bytes;
  }

  /**
   * Reads the next number as float32. It is exact for the shorter types, and rounded for {@link
   * #F64}.
   */
  float read(ByteBuffer in) {
    return switch (this) {
      case F64 -> (float) in.getDouble();
      case F32 -> in.getFloat();
      case F16 -> half(in.getShort());
      case BF16 -> Float.intBitsToFloat(in.getShort() << 16);
      case I64 -> throw new IllegalStateException("Cannot read a counter as a float");
    };
  }

  /**
   * Converts from IEEE 754 binary16: 1 bit sign, 5 bits exponent with bias 15, 10 bits fraction.
   */
  private static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) { // zero and subnormal numbers
      float magnitude = fraction * SMALLEST_HALF;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1f ? 0xff : exponent - 15 + 127; // infinite and NaN stay so
    return Float.intBitsToFloat(sign | (wide << 23) | (fraction << 13));
  }
}
