package org.finegrain.image;

/** How a bilinear resize treats a reduction. */
enum Resampling {
  /** A triangle as wide as an output pixel: every input pixel counts. The default everywhere. */
  ANTIALIASED,
  /** The two nearest pixels, whatever lies between. */
  PLAIN
}
