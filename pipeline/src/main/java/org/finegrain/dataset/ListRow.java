package org.finegrain.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A row of a list file.
 *
 * @param file the path of the file, for messages
 * @param number the number of the row, from 1
 * @param text the text of the row
 */
record ListRow(String file, int number, String text) {
  /** The beginning of an address or of a path on a Windows drive. */
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/");

  /**
   * Splits the text into {@code count} fields separated by white space. The last field takes the
   * rest.
   *
   * @param form the expected form of the row, for the message
   * @throws DataException if there are fewer fields
   */
  String[] fields(int count, String form) {
    String[] fields = text.strip().split("\\s+", count);
    if (fields.length != count) {
      throw fault(String.format(Locale.ROOT, "expected '%s', found '%s'", form, shown()));
    }
    return fields;
  }

  int integer(String field, String name) {
    try {
      return Integer.parseInt(field);
    } catch (NumberFormatException e) {
      throw fault(String.format(Locale.ROOT, "%s must be a whole number, found '%s'", name, field));
    }
  }

  double number(String field, String name) {
    try {
      double number = Double.parseDouble(field);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // the exception below says it
    }
    throw fault(String.format(Locale.ROOT, "%s must be a number, found '%s'", name, field));
  }

  /**
   * Returns the path with single slashes. Backslashes, {@code ./} and doubled slashes, which tools
   * of other systems write, are accepted.
   *
   * @throws DataException if the path leads out of its folder or names no file
   */
  String path(String path) {
    List<String> parts = new ArrayList<>();
    String plain = path.replace('\\', '/');
    boolean leaves = plain.startsWith("/") || SCHEME.matcher(plain).lookingAt();
    for (String part : plain.split("/", -1)) {
      leaves |= part.equals("..") || part.indexOf('\0') >= 0;
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    if (leaves || parts.isEmpty() || plain.endsWith("/")) {
      throw fault(
          String.format(
              Locale.ROOT,
              "the path '%s' leads out of the dataset's folder, or names no file",
              path));
    }
    return String.join("/", parts);
  }

  /** Returns an exception whose message names the file, the row and the fault. */
  DataException fault(String fault) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s:%d: %s; restore the file from the original archive",
            file,
            number,
            fault));
  }

  private String shown() {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
