package org.finegrain.config;

/**
 * The form in which executors send each other gradients: 32 bits, or rounded to 16 bits. The name
 * {@code fp16} is older than the format that it stands for, which is bfloat16 and not IEEE 754's
 * half precision: sign, 8 bits of exponent and 7 of fraction, the upper half of a float.
 */
public enum GradientCompression {
  NONE,
  FP16
}
