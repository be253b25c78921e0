package org.finegrain.config;

/** The form in which executors send each other gradients: 32 bits, or rounded to 16 bits. */
public enum GradientCompression {
  NONE,
  FP16
}
