package org.finegrain.config;

/** How gradients travel between executors: as they are, or cut to 16 bits. */
public enum GradientCompression {
  NONE,
  FP16
}
