package org.finegrain.image;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * Levels become network input: {@code (level / 255 − mean) / std}, a channel at a time.
 *
 * @param mean of R, G, B in [0,1]
 * @param std of R, G, B in [0,1]
 */
public record Normalisation(List<Double> mean, List<Double> std) implements Serializable {
  public Normalisation {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != 3 || std.size() != 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A normalisation has three means and three deviations, got %s and %s",
              mean,
              std));
    }
  }

  /** Writes the rows of an image as (3,H,W) at {@code offset}, mirrored if {@code flipped}. */
  Resize.RowSink into(float[] out, int offset, int height, int width, boolean flipped) {
    float[] scale = new float[3];
    float[] shift = new float[3];
    for (int channel = 0; channel < 3; channel++) {
      scale[channel] = (float) (1 / (255 * std.get(channel)));
      shift[channel] = (float) (-mean.get(channel) / std.get(channel));
    }
    return (y, row) -> {
      for (int channel = 0; channel < 3; channel++) {
        int to = offset + (channel * height + y) * width;
        for (int x = 0; x < width; x++) {
          int from = flipped ? width - 1 - x : x;
          out[to + x] = row[3 * from + channel] * scale[channel] + shift[channel];
        }
      }
    };
  }
}
