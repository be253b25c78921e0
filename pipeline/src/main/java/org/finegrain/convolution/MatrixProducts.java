package org.finegrain.convolution;

import static org.finegrain.convolution.AxisTransforms.LANES;
import static org.finegrain.convolution.AxisTransforms.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Products of matrices. The kernels keep 4 x 16 sums in registers. Every sum adds its terms in the
 * order of their index.
 */
final class MatrixProducts {
  static final int ROWS = 4;
  static final int COLUMNS = 2 * LANES;

  /**
   * The number of terms that are added at a time, so that both factors stay in the first-level
   * cache.
   */
  private static final int TERMS = 256;

  private MatrixProducts() {}

  /**
   * Writes {@code m[t,k] = Σ_c v[t,c]·u[c,k]}.
   *
   * @param v (rows, terms), row major from {@code vAt}; {@code rows} is a multiple of 4
   * @param u (columns/16, terms, 16) from {@code uAt}
   * @param m (rows, columns), row major from {@code mAt}
   */
  static void rows(
      float[] v,
      int vAt,
      float[] u,
      int uAt,
      float[] m,
      int mAt,
      int rows,
      int terms,
      int columns) {
    for (int k = 0; k < columns; k += COLUMNS) {
      for (int t = 0; t < rows; t += ROWS) {
        rows(v, vAt + t * terms, u, uAt + k * terms, terms, m, mAt + t * columns + k, columns);
      }
    }
  }

  private static void rows(
      float[] v, int vAt, float[] u, int uAt, int terms, float[] m, int mAt, int columns) {
    int v1 = vAt + terms;
    int v2 = v1 + terms;
    int v3 = v2 + terms;
    FloatVector m00 = FloatVector.zero(SPECIES);
    FloatVector m01 = m00;
    FloatVector m10 = m00;
    FloatVector m11 = m00;
    FloatVector m20 = m00;
    FloatVector m21 = m00;
    FloatVector m30 = m00;
    FloatVector m31 = m00;
    for (int c = 0; c < terms; c++) {
      FloatVector u0 = FloatVector.fromArray(SPECIES, u, uAt + c * COLUMNS);
      FloatVector u1 = FloatVector.fromArray(SPECIES, u, uAt + c * COLUMNS + LANES);
      FloatVector factor = FloatVector.broadcast(SPECIES, v[vAt + c]);
      m00 = factor.fma(u0, m00);
      m01 = factor.fma(u1, m01);
      factor = FloatVector.broadcast(SPECIES, v[v1 + c]);
      m10 = factor.fma(u0, m10);
      m11 = factor.fma(u1, m11);
      factor = FloatVector.broadcast(SPECIES, v[v2 + c]);
      m20 = factor.fma(u0, m20);
      m21 = factor.fma(u1, m21);
      factor = FloatVector.broadcast(SPECIES, v[v3 + c]);
      m30 = factor.fma(u0, m30);
      m31 = factor.fma(u1, m31);
    }
    m00.intoArray(m, mAt);
    m01.intoArray(m, mAt + LANES);
    m10.intoArray(m, mAt + columns);
    m11.intoArray(m, mAt + columns + LANES);
    m20.intoArray(m, mAt + 2 * columns);
    m21.intoArray(m, mAt + 2 * columns + LANES);
    m30.intoArray(m, mAt + 3 * columns);
    m31.intoArray(m, mAt + 3 * columns + LANES);
  }

  /**
   * Adds {@code du[c,k] += Σ_t v[t,c]·dm[t,k]}.
   *
   * @param v (rows/8, terms, 8) from {@code vAt}
   * @param dm (columns/8, terms, 8) from {@code mAt}; {@code columns} is a multiple of 16
   * @param du (rows, columns), row major from {@code uAt}
   */
  static void addOuter(
      float[] v,
      int vAt,
      float[] dm,
      int mAt,
      float[] du,
      int uAt,
      int rows,
      int terms,
      int columns) {
    for (int t = 0; t < terms; t += TERMS) {
      int n = Math.min(TERMS, terms - t);
      for (int k = 0; k < columns; k += COLUMNS) {
        int m0 = mAt + k * terms + t * LANES;
        for (int c = 0; c < rows; c += ROWS) {
          int vPart = vAt + (c / LANES * terms + t) * LANES + c % LANES;
          addOuter(v, vPart, dm, m0, m0 + LANES * terms, n, du, uAt + c * columns + k, columns);
        }
      }
    }
  }

  private static void addOuter(
      float[] v, int vAt, float[] dm, int m0, int m1, int terms, float[] du, int uAt, int columns) {
    FloatVector u00 = FloatVector.fromArray(SPECIES, du, uAt);
    FloatVector u01 = FloatVector.fromArray(SPECIES, du, uAt + LANES);
    FloatVector u10 = FloatVector.fromArray(SPECIES, du, uAt + columns);
    FloatVector u11 = FloatVector.fromArray(SPECIES, du, uAt + columns + LANES);
    FloatVector u20 = FloatVector.fromArray(SPECIES, du, uAt + 2 * columns);
    FloatVector u21 = FloatVector.fromArray(SPECIES, du, uAt + 2 * columns + LANES);
    FloatVector u30 = FloatVector.fromArray(SPECIES, du, uAt + 3 * columns);
    FloatVector u31 = FloatVector.fromArray(SPECIES, du, uAt + 3 * columns + LANES);
    for (int t = 0; t < terms; t++) {
      FloatVector d0 = FloatVector.fromArray(SPECIES, dm, m0 + t * LANES);
      FloatVector d1 = FloatVector.fromArray(SPECIES, dm, m1 + t * LANES);
      FloatVector factor = FloatVector.broadcast(SPECIES, v[vAt + t * LANES]);
      u00 = factor.fma(d0, u00);
      u01 = factor.fma(d1, u01);
      factor = FloatVector.broadcast(SPECIES, v[vAt + t * LANES + 1]);
      u10 = factor.fma(d0, u10);
      u11 = factor.fma(d1, u11);
      factor = FloatVector.broadcast(SPECIES, v[vAt + t * LANES + 2]);
      u20 = factor.fma(d0, u20);
      u21 = factor.fma(d1, u21);
      factor = FloatVector.broadcast(SPECIES, v[vAt + t * LANES + 3]);
      u30 = factor.fma(d0, u30);
      u31 = factor.fma(d1, u31);
    }
    u00.intoArray(du, uAt);
    u01.intoArray(du, uAt + LANES);
    u10.intoArray(du, uAt + columns);
    u11.intoArray(du, uAt + columns + LANES);
    u20.intoArray(du, uAt + 2 * columns);
    u21.intoArray(du, uAt + 2 * columns + LANES);
    u30.intoArray(du, uAt + 3 * columns);
    u31.intoArray(du, uAt + 3 * columns + LANES);
  }
}
