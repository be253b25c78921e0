package org.finegrain.image;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * The normalisation of levels to network input, channel by channel: {@code (level / 255 − mean) /
 * std}.
 *
 * @param mean the means of R, G and B, in [0,1]
 * @param std the standard deviations of R, G and B, in (0,1]
 */
public record Normalisation(List<Double> mean, List<Double> std) implements Serializable {
  /**
   * Checks the number of channels.
   *
   * @throws IllegalArgumentException if there are not three means and three deviations
   */
  public Normalisation {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != 3 || std.size() != 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid normalisation: means %s, deviations %s (must be three numbers each)",
              mean,
              std));
    }
  }

  /**
   * Returns a receiver that writes the rows of an image as (3,H,W) at {@code offset}, mirrored if
   * {@code flipped}.
   */
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
