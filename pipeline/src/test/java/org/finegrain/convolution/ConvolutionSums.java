package org.finegrain.convolution;

/**
 * A zero-padded 3x3 convolution of stride 1 and its two gradients by their definition, in double
 * precision: {@code y[n,o,p] = Σ w[o,i,t] · x[n,i,p + dilation·(t − 1)]}. Shapes: x (N,in,H,W), y
 * (N,out,H,W), w (out,in,3,3).
 */
public record ConvolutionSums(int images, int in, int out, int height, int width, int dilation) {
  private static final int KERNEL = 3;
  private static final int TAPS = KERNEL * KERNEL;

  private interface Term {
    void at(int output, int weight, int input);
  }

  public double[] output(float[] x, float[] w) {
    double[] y = new double[images * out * height * width];
    forEach((output, weight, input) -> y[output] += (double) w[weight] * x[input]);
    return y;
  }

  public double[] gradientOfInput(float[] dy, float[] w) {
    double[] dx = new double[images * in * height * width];
    forEach((output, weight, input) -> dx[input] += (double) w[weight] * dy[output]);
    return dx;
  }

  public double[] gradientOfWeights(float[] dy, float[] x) {
    double[] dw = new double[out * in * TAPS];
    forEach((output, weight, input) -> dw[weight] += (double) dy[output] * x[input]);
    return dw;
  }

  private void forEach(Term term) {
    for (int plane = 0; plane < images * out * in; plane++) {
      int n = plane / in / out;
      int o = plane / in % out;
      int i = plane % in;
      for (int tap = 0; tap < TAPS; tap++) {
        for (int p = 0; p < height * width; p++) {
          int row = p / width + dilation * (tap / KERNEL - 1);
          int column = p % width + dilation * (tap % KERNEL - 1);
          if (row >= 0 && row < height && column >= 0 && column < width) {
            term.at(
                (n * out + o) * height * width + p,
                (o * in + i) * TAPS + tap,
                ((n * in + i) * height + row) * width + column);
          }
        }
      }
    }
  }
}
