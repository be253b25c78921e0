package org.finegrain.dataset;

import java.util.Locale;

/**
 * One row of a list file.
 *
 * @param file as the user sees it
 * @param number from 1
 */
record ListRow(String file, int number, String text) {
  /** The row's text in {@code count} fields separated by white space; the last takes the rest. */
  String[] fields(int count, String form) {
    String[] fields = text.strip().split("\\s+", count);
    if (fields.length != count) {
      throw fault(String.format(Locale.ROOT, "expected '%s', found '%s'", form, shown()));
    }
    return fields;
  }

  int integer(String field, String what) {
    try {
      return Integer.parseInt(field);
    } catch (NumberFormatException e) {
      throw fault(String.format(Locale.ROOT, "%s must be a whole number, found '%s'", what, field));
    }
  }

  double number(String field, String what) {
    try {
      double number = Double.parseDouble(field);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // the fault below says it
    }
    throw fault(String.format(Locale.ROOT, "%s must be a number, found '%s'", what, field));
  }

  /** A relative path that stays within its folder. */
  String path(String path) {
    boolean leaves =
        path.isBlank()
            || path.startsWith("/")
            || path.indexOf('\\') >= 0
            || path.indexOf(':') >= 0
            || path.indexOf('\0') >= 0;
    for (String part : path.split("/", -1)) {
      leaves |= part.isEmpty() || part.equals(".") || part.equals("..");
    }
    if (leaves) {
      throw fault(
          String.format(
              Locale.ROOT, "the path '%s' leaves the dataset's folder, which is refused", path));
    }
    return path;
  }

  DataException fault(String what) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s:%d: %s; restore the file from the original archive",
            file,
            number,
            what));
  }

  private String shown() {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
