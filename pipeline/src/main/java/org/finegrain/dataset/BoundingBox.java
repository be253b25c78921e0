package org.finegrain.dataset;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;

/**
 * A box in pixels of the original image. Left and top count from 0. A box in a list may extend over
 * the edges of its image or lie outside of it; {@link #within} returns the part inside.
 */
public record BoundingBox(double left, double top, double width, double height)
    implements Serializable {
  /** Returns the box in an image that is enlarged by {@code scale}. */
  public BoundingBox scaled(double scale) {
    return new BoundingBox(left * scale, top * scale, width * scale, height * scale);
  }

  /** Returns the part of the box within an image of this size; empty if it has none. */
  public Optional<BoundingBox> within(int imageWidth, int imageHeight) {
    BoundingBox part =
        new BoundingBox(
            Math.max(0, left),
            Math.max(0, top),
            Math.min(width + Math.min(0, left), imageWidth - Math.max(0, left)),
            Math.min(height + Math.min(0, top), imageHeight - Math.max(0, top)));
    return part.width > 0 && part.height > 0 ? Optional.of(part) : Optional.empty();
  }

  /** Returns the message for a box of which {@link #within} returns nothing. */
  public String outside() {
    return String.format(
        Locale.ROOT,
        "no part of the box of %s × %s pixels at (%s, %s) lies within the image",
        width,
        height,
        left,
        top);
  }
}
