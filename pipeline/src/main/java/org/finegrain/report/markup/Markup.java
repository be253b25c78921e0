package org.finegrain.report.markup;

import java.util.stream.Collectors;

/** Escapes text for HTML and SVG. */
public final class Markup {
  private Markup() {}

  /**
   * Returns the text as it must be written in an element or a quoted attribute. A control
   * character, which XML cannot hold, becomes a space.
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
                  default -> c < ' ' && c != '\n' ? " " : String.valueOf((char) c);
                })
        .collect(Collectors.joining());
  }
}
