package org.finegrain.image;

/** The pixels that count when a bilinear resize makes an image smaller. */
enum Resampling {
  /**
   * A filter in which every input pixel counts, in a triangle as wide as an output pixel. This is
   * the default everywhere.
   */
  ANTIALIASED,
  /** A filter in which only the two nearest pixels count. */
  PLAIN
}
