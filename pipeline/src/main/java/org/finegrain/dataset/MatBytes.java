package org.finegrain.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sinks;

/** The writer of MATLAB v5 files. The same variables give the same bytes. */
final class MatBytes {
  private static final int DESCRIPTION_BYTES = 116;
  private static final String DESCRIPTION = "MATLAB 5.0 MAT-file, written by finegrain";

  private MatBytes() {}

  static byte[] of(Map<String, Array> variables) throws IOException {
    Mat5File mat = Mat5.newMatFile();
    variables.forEach(mat::addArray);
    // A variable, compressed or not, never grows by more than its header.
    int bound = Math.toIntExact(2 * mat.getUncompressedSerializedSize() + 4096);
    ByteBuffer buffer = ByteBuffer.allocate(bound);
    int length;
    try (var sink = Sinks.wrap(buffer)) {
      Mat5.newWriter(sink).writeMat(mat);
      length = (int) sink.position();
    }
    byte[] bytes = Arrays.copyOf(buffer.array(), length);
    // The library writes the date there.
    Arrays.fill(bytes, 0, DESCRIPTION_BYTES, (byte) ' ');
    byte[] description = DESCRIPTION.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(description, 0, bytes, 0, description.length);
    return bytes;
  }

  /** Returns a matrix of one number, in the type in which MATLAB stores a small one. */
  static Matrix small(int value) {
    Matrix matrix = Mat5.newMatrix(1, 1, value < 256 ? MatlabType.UInt8 : MatlabType.UInt16);
    matrix.setInt(0, value);
    return matrix;
  }

  static Cell column(List<String> texts) {
    return cells(Mat5.newCell(texts.size(), 1), texts);
  }

  static Cell row(List<String> texts) {
    return cells(Mat5.newCell(1, texts.size()), texts);
  }

  private static Cell cells(Cell cell, List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      cell.set(i, Mat5.newString(texts.get(i)));
    }
    return cell;
  }
}
