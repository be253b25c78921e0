package org.finegrain.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One row of a list file.
 *
 * @param file as the user sees it
 * @param number from 1
 */
record ListRow(String file, int number, String text) {
  /** Of an address, or a Windows drive. */
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/");

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

  /**
   * A relative path that stays within its folder; backslashes, {@code ./} and doubled slashes, as
   * other systems' tools write them, mean the same.
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
