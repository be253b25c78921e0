package org.finegrain.dataset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.Char;
import us.hebi.matlab.mat.types.MatFile.Entry;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sources;
import us.hebi.matlab.mat.types.Struct;

/** A MATLAB v5 file. Every message about a fault names the file. */
final class MatFile {
  private static final String HDF5 = "MATLAB 7.3";

  private final String name;
  private final Mat5File content;

  private MatFile(String name, Mat5File content) {
    this.name = name;
    this.content = content;
  }

  static MatFile read(DatasetFolder folder, String file) throws IOException {
    String name = folder.path(file);
    byte[] bytes = folder.bytes(file);
    if (new String(bytes, 0, Math.min(bytes.length, HDF5.length()), ISO_8859_1).equals(HDF5)) {
      throw new DataException(
          name
              + " is a MATLAB 7.3 file, which is HDF5: save it with -v7, or restore it from the"
              + " original archive");
    }
    try (var source = Sources.wrap(ByteBuffer.wrap(bytes))) {
      return new MatFile(name, Mat5.newReader(source).readMat());
    } catch (IOException | RuntimeException e) { // the library throws both at malformed files
      throw new DataException(
          name + " is not a MATLAB v5 file, or is damaged: restore it from the original archive",
          e);
    }
  }

  String name() {
    return name;
  }

  Struct struct(String variable) {
    return variable(variable, "a struct array", Struct.class);
  }

  Cell cell(String variable) {
    return variable(variable, "a cell array", Cell.class);
  }

  Matrix matrix(String variable) {
    return variable(variable, "a matrix of numbers", Matrix.class);
  }

  /** Returns row {@code index} (from 0) of this file, for messages and checks. */
  ListRow row(int index) {
    return new ListRow(name, index + 1, "");
  }

  static boolean hasField(Struct struct, String field) {
    return struct.getFieldNames().contains(field);
  }

  /**
   * Returns a whole number of row {@code index}. MATLAB may have stored it in any type that is
   * large enough.
   */
  int integer(Struct struct, String field, int index) {
    return value(index, field, "a whole number", () -> integer(struct.getMatrix(field, index), 0));
  }

  int integer(Matrix matrix, String variable, int index) {
    return value(index, variable, "a whole number", () -> integer(matrix, index));
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

  private <T extends Array> T variable(String variable, String kind, Class<T> type) {
    List<String> names = new ArrayList<>();
    for (Entry entry : content.getEntries()) {
      names.add(entry.getName());
      if (entry.getName().equals(variable)) {
        if (type.isInstance(entry.getValue())) {
          return type.cast(entry.getValue());
        }
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: the variable '%s' is %s (must be %s); restore the file from the original archive",
                name,
                variable,
                kind(entry.getValue()),
                kind));
      }
    }
    throw new DataException(
        String.format(
            Locale.ROOT,
            "%s has no variable '%s', only %s: restore the file from the original archive",
            name,
            variable,
            names.isEmpty() ? "nothing" : String.join(", ", names)));
  }

  private static String kind(Array array) {
    return switch (array.getType()) {
      case Structure -> "a struct array";
      case Cell -> "a cell array, as scipy.io.savemat writes a list of dicts";
      case Character -> "text";
      case Sparse -> "a sparse matrix";
      case Object, Opaque, Function -> "an object of MATLAB";
      default -> "a matrix of numbers";
    };
  }

  private <T> T value(int index, String field, String kind, Supplier<T> read) {
    try {
      return read.get();
    } catch (RuntimeException e) { // missing, empty, or of another class
      throw row(index).fault(String.format(Locale.ROOT, "expected %s in '%s'", kind, field));
    }
  }
}
