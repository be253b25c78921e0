package org.finegrain.report.markup;

import java.util.stream.Collectors;

/** Escapes text for HTML and SVG. */
public final class Markup {
  private Markup() {}

  /**
   * Returns the text as it must be written in an element or a quoted attribute. A control
   * character, which XML cannot hold, becomes a space, and so does one that turns the direction of
   * all text after it.
   */
  public static String escape(String text) {
    return text.chars()
        .mapToObj(
            c ->
                switch (c) {
                  case '&' -> "&amp;";
                  case '<' -> "&lt;";
                  case '>' -> "&gt;";
                  case '"' -> "&quot;";
                  case '\'' -> "&#39;";
                  default -> isControl(c) ? " " : String.valueOf((char) c);
                })
        .collect(Collectors.joining());
  }

  private static boolean isControl(int c) {
    return (c < ' ' && c != '\n') || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }
}
