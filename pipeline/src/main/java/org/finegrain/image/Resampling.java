package org.finegrain.image;

/** The pixels that count when a bilinear resize makes an image smaller. */
enum Resampling {
  /**
   * Every input pixel counts, in a triangle as wide as an output pixel. This is the default
   * everywhere.
   */
  ANTIALIASED,
  /** Only the two nearest pixels count. */
  PLAIN
}
