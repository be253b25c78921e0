package org.finegrain.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.Supplier;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.Char;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sources;
import us.hebi.matlab.mat.types.Struct;

/** A MATLAB v5 file whose every fault names the file. */
final class MatFile {
  private final String name;
  private final Mat5File content;

  private MatFile(String name, Mat5File content) {
    this.name = name;
    this.content = content;
  }

  static MatFile read(DatasetFolder folder, String file) throws IOException {
    String name = folder.path(file);
    byte[] bytes = folder.bytes(file);
    try (var source = Sources.wrap(ByteBuffer.wrap(bytes))) {
      return new MatFile(name, Mat5.newReader(source).readMat());
    } catch (IOException | RuntimeException e) { // both are thrown at malformed files
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot read %s as a MATLAB v5 file (%s): restore it from the original archive",
              name,
              e.getMessage()),
          e);
    }
  }

  String name() {
    return name;
  }

  Struct struct(String variable) {
    return variable(variable, "a struct", () -> content.getStruct(variable));
  }

  Cell cell(String variable) {
    return variable(variable, "a cell array", () -> content.getCell(variable));
  }

  Matrix matrix(String variable) {
    return variable(variable, "a matrix", () -> content.getMatrix(variable));
  }

  /** Row {@code index} (from 0) of this file, for messages and checks. */
  ListRow row(int index) {
    return new ListRow(name, index + 1, "");
  }

  static boolean hasField(Struct struct, String field) {
    return struct.getFieldNames().contains(field);
  }

  /** A number of row {@code index}; MATLAB stores it as whatever type is large enough. */
  int integer(Struct struct, String field, int index) {
    return value(index, field, "a number", () -> integer(struct.getMatrix(field, index), 0));
  }

  int integer(Matrix matrix, String variable, int index) {
    return value(index, variable, "a number", () -> integer(matrix, index));
  }

  String text(Struct struct, String field, int index) {
    return value(index, field, "text", () -> text(struct.getChar(field, index)));
  }

  String text(Cell cell, String variable, int index) {
    return value(index, variable, "text", () -> text(cell.getChar(index)));
  }

  private static int integer(Matrix matrix, int index) {
    double number = matrix.getDouble(index);
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("found " + number);
    }
    return (int) number;
  }

  private static String text(Char text) {
    return text.getNumElements() == 0 ? "" : text.getString();
  }

  private <T> T variable(String variable, String kind, Supplier<T> read) {
    try {
      return read.get();
    } catch (RuntimeException e) { // missing, or of another class
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected the variable '%s' to be %s (%s); restore the file from the original archive",
              name,
              variable,
              kind,
              e.getMessage()),
          e);
    }
  }

  private <T> T value(int index, String field, String kind, Supplier<T> read) {
    try {
      return read.get();
    } catch (RuntimeException e) { // missing, empty, or of another class
      throw row(index)
          .fault(
              String.format(Locale.ROOT, "expected %s in '%s' (%s)", kind, field, e.getMessage()));
    }
  }
}
