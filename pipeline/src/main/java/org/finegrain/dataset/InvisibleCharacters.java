package org.finegrain.dataset;

import java.util.Locale;

/** The escaping of characters that a terminal does not show, or that change how it shows others. */
public final class InvisibleCharacters {
  private InvisibleCharacters() {}

  /**
   * Returns the text with these characters written as {@code \}{@code u200B}. Spaces and line ends
   * stay as they are.
   */
  public static String escape(String text) {
    if (text.codePoints().allMatch(InvisibleCharacters::isShown)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (isShown(point)) {
                shown.appendCodePoint(point);
              } else {
                for (char unit : Character.toChars(point)) {
                  shown.append(String.format(Locale.ROOT, "\\u%04X", (int) unit));
                }
              }
            });
    return shown.toString();
  }

  private static boolean isShown(int point) {
    if (point == ' ' || point == '\n') {
      return true;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
