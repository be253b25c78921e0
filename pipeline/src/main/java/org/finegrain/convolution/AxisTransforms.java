package org.finegrain.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transforms of F(4x4, 3x3) along one axis, over vectors of 8 channels. Each multiplies a
 * constant matrix with {@code n} columns of vectors. Vector j of column i is read at {@code from +
 * i·step + j·stride}; the results are written in the same way, with a step and a pitch of their
 * own.
 *
 * <pre>
 *        ⎡4  0 −5  0  1  0⎤        ⎡ 1/4    0     0  ⎤        ⎡1  1  1  1  1  0⎤
 *        ⎢0 −4 −4  1  1  0⎥        ⎢−1/6  −1/6  −1/6 ⎥        ⎢0  1 −1  2 −2  0⎥
 *   Bᵀ = ⎢0  4 −4 −1  1  0⎥    G = ⎢−1/6   1/6  −1/6 ⎥   Aᵀ = ⎢0  1  1  4  4  0⎥
 *        ⎢0 −2 −1  2  1  0⎥        ⎢ 1/24  1/12  1/6 ⎥        ⎣0  1 −1  8 −8  1⎦
 *        ⎢0  2 −1 −2  1  0⎥        ⎢ 1/24 −1/12  1/6 ⎥
 *        ⎣0  4  0 −5  0  1⎦        ⎣  0     0     1  ⎦
 * </pre>
 *
 * <p>A loop over vectors never contains another one: the JVM would then keep the vectors on the
 * heap.
 *
 * <p>Source: Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, CVPR 2016.
 */
final class AxisTransforms {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
  static final int LANES = 8;

  private AxisTransforms() {}

  private static FloatVector load(float[] values, int at) {
    return FloatVector.fromArray(SPECIES, values, at);
  }

  /** Multiplies Bᵀ with 6 inputs, which gives 6. The result may overwrite the input. */
  static void inputs(
      float[] x, int from, int step, int stride, float[] v, int to, int vStep, int pitch, int n) {
    for (int i = 0; i < n; i++) {
      int at = from + i * step;
      FloatVector x0 = load(x, at);
      FloatVector x1 = load(x, at + stride);
      FloatVector x2 = load(x, at + 2 * stride);
      FloatVector x3 = load(x, at + 3 * stride);
      FloatVector x4 = load(x, at + 4 * stride);
      FloatVector x5 = load(x, at + 5 * stride);
      FloatVector even = x4.sub(x2.mul(4));
      FloatVector odd = x3.sub(x1.mul(4));
      FloatVector evenStep = x4.sub(x2);
      FloatVector oddStep = x3.sub(x1);
      int result = to + i * vStep;
      x0.sub(x2).mul(4).add(evenStep).intoArray(v, result);
      even.add(odd).intoArray(v, result + pitch);
      even.sub(odd).intoArray(v, result + 2 * pitch);
      evenStep.add(oddStep.mul(2)).intoArray(v, result + 3 * pitch);
      evenStep.sub(oddStep.mul(2)).intoArray(v, result + 4 * pitch);
      x5.sub(x3).sub(oddStep.mul(4)).intoArray(v, result + 5 * pitch);
    }
  }

  /** Multiplies Aᵀ with 6 products, which gives 4 outputs. */
  static void outputs(
      float[] m, int from, int step, int stride, float[] y, int to, int yStep, int pitch, int n) {
    for (int i = 0; i < n; i++) {
      int at = from + i * step;
      FloatVector m1 = load(m, at + stride);
      FloatVector m2 = load(m, at + 2 * stride);
      FloatVector m3 = load(m, at + 3 * stride);
      FloatVector m4 = load(m, at + 4 * stride);
      FloatVector sum = m1.add(m2);
      FloatVector difference = m1.sub(m2);
      FloatVector outerSum = m3.add(m4);
      FloatVector outerDifference = m3.sub(m4);
      int result = to + i * yStep;
      load(m, at).add(sum).add(outerSum).intoArray(y, result);
      difference.add(outerDifference.mul(2)).intoArray(y, result + pitch);
      sum.add(outerSum.mul(4)).intoArray(y, result + 2 * pitch);
      difference
          .add(outerDifference.mul(8))
          .add(load(m, at + 5 * stride))
          .intoArray(y, result + 3 * pitch);
    }
  }

  /** Multiplies A with 4 gradients of outputs, which gives 6 gradients of products. */
  static void outputGradients(
      float[] dy, int from, int step, int stride, float[] dm, int to, int mStep, int pitch, int n) {
    for (int i = 0; i < n; i++) {
      int at = from + i * step;
      FloatVector y0 = load(dy, at);
      FloatVector y1 = load(dy, at + stride);
      FloatVector y2 = load(dy, at + 2 * stride);
      FloatVector y3 = load(dy, at + 3 * stride);
      FloatVector even = y0.add(y2);
      FloatVector odd = y1.add(y3);
      FloatVector outerEven = y0.add(y2.mul(4));
      FloatVector outerOdd = y1.mul(2).add(y3.mul(8));
      int result = to + i * mStep;
      y0.intoArray(dm, result);
      even.add(odd).intoArray(dm, result + pitch);
      even.sub(odd).intoArray(dm, result + 2 * pitch);
      outerEven.add(outerOdd).intoArray(dm, result + 3 * pitch);
      outerEven.sub(outerOdd).intoArray(dm, result + 4 * pitch);
      y3.intoArray(dm, result + 5 * pitch);
    }
  }

  /** Multiplies G with 3 weights, which gives 6. */
  static void weights(
      float[] w, int from, int step, int stride, float[] u, int to, int uStep, int pitch, int n) {
    for (int i = 0; i < n; i++) {
      int at = from + i * step;
      FloatVector w0 = load(w, at);
      FloatVector w1 = load(w, at + stride);
      FloatVector w2 = load(w, at + 2 * stride);
      FloatVector even = w0.add(w2).mul(-1 / 6f);
      FloatVector odd = w1.mul(1 / 6f);
      FloatVector outerEven = w0.mul(1 / 24f).add(w2.mul(1 / 6f));
      FloatVector outerOdd = w1.mul(1 / 12f);
      int result = to + i * uStep;
      w0.mul(1 / 4f).intoArray(u, result);
      even.sub(odd).intoArray(u, result + pitch);
      even.add(odd).intoArray(u, result + 2 * pitch);
      outerEven.add(outerOdd).intoArray(u, result + 3 * pitch);
      outerEven.sub(outerOdd).intoArray(u, result + 4 * pitch);
      w2.intoArray(u, result + 5 * pitch);
    }
  }

  /** Multiplies Gᵀ with 6 gradients of transformed weights, which gives 3 gradients of weights. */
  static void weightGradients(
      float[] du, int from, int step, int stride, float[] dw, int to, int wStep, int pitch, int n) {
    for (int i = 0; i < n; i++) {
      int at = from + i * step;
      FloatVector u1 = load(du, at + stride);
      FloatVector u2 = load(du, at + 2 * stride);
      FloatVector u3 = load(du, at + 3 * stride);
      FloatVector u4 = load(du, at + 4 * stride);
      FloatVector sum = u1.add(u2).mul(1 / 6f);
      FloatVector outerSum = u3.add(u4);
      int result = to + i * wStep;
      load(du, at).mul(1 / 4f).sub(sum).add(outerSum.mul(1 / 24f)).intoArray(dw, result);
      u2.sub(u1).mul(1 / 6f).add(u3.sub(u4).mul(1 / 12f)).intoArray(dw, result + pitch);
      outerSum
          .mul(1 / 6f)
          .sub(sum)
          .add(load(du, at + 5 * stride))
          .intoArray(dw, result + 2 * pitch);
    }
  }
}
