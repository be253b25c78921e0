package org.finegrain.report.table;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Escapes text from outside for LaTeX, for any engine and without further packages. */
final class LatexText {
  private static final Map<Integer, String> ESCAPES =
      Map.ofEntries(
          Map.entry((int) '\\', "\\textbackslash{}"),
          Map.entry((int) '{', "\\{"),
          Map.entry((int) '}', "\\}"),
          Map.entry((int) '$', "\\$"),
          Map.entry((int) '&', "\\&"),
          Map.entry((int) '#', "\\#"),
          Map.entry((int) '%', "\\%"),
          Map.entry((int) '_', "\\_"),
          Map.entry((int) '^', "\\textasciicircum{}"),
          Map.entry((int) '~', "\\textasciitilde{}"),
          Map.entry((int) '<', "\\textless{}"),
          Map.entry((int) '>', "\\textgreater{}"),
          Map.entry((int) '|', "\\textbar{}"),
          Map.entry((int) '[', "{[}"), // after \\ a bracket would be its argument
          Map.entry((int) ']', "{]}"),
          Map.entry((int) '*', "{*}"), // after \\ a star would be part of the command
          Map.entry((int) '"', "''"),
          Map.entry((int) '`', "{`}"), // two of them, or one after ? or !, would print another sign
          Map.entry((int) '±', "$\\pm$"),
          Map.entry((int) '−', "$-$"),
          Map.entry((int) '×', "$\\times$"),
          Map.entry((int) '·', "$\\cdot$"),
          Map.entry((int) '→', "$\\to$"),
          Map.entry((int) '≤', "$\\leq$"),
          Map.entry((int) '≥', "$\\geq$"),
          Map.entry((int) 'Δ', "$\\Delta$"),
          Map.entry((int) 'α', "$\\alpha$"),
          Map.entry((int) 'β', "$\\beta$"),
          Map.entry((int) 'η', "$\\eta$"),
          Map.entry((int) 'λ', "$\\lambda$"),
          Map.entry((int) 'μ', "$\\mu$"),
          Map.entry((int) '†', "$\\dagger$"),
          Map.entry((int) '‡', "$\\ddagger$"),
          Map.entry((int) '–', "\\textendash{}"),
          Map.entry((int) '—', "\\textemdash{}"),
          Map.entry((int) '“', "``"),
          Map.entry((int) '”', "''"),
          Map.entry((int) '‘', "`"),
          Map.entry((int) '’', "'"),
          Map.entry((int) '…', "\\ldots{}"));

  /** European letters that every font encoding of LaTeX has. */
  private static final String LETTERS =
      "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßŒœŁłŠšŽžČčĆćŃńŚśŹźŻżŘřĚěŮůŐőŰűŞşĞğİı";

  private static final int MAX_WORD_LENGTH = 40;

  private LatexText() {}

  /**
   * Returns the text as LaTeX prints it. A line break becomes a space, a character that LaTeX may
   * not have becomes its code point.
   */
  static String escape(String text) {
    return text.codePoints()
        .mapToObj(LatexText::escape)
        .collect(Collectors.joining())
        .replaceAll("-(?=-)", "-{}"); // two hyphens would print a dash
  }

  private static String escape(int c) {
    if (ESCAPES.containsKey(c)) {
      return ESCAPES.get(c);
    }
    if (c < ' ') {
      return " ";
    }
    return c < 0x7f || LETTERS.indexOf(c) >= 0
        ? Character.toString(c)
        : String.format(Locale.ROOT, "U+%04X", c);
  }

  /** Escapes running text, in which LaTeX may break a very long word, such as a path, anywhere. */
  static String paragraph(String text) {
    return Arrays.stream(text.split("\\s+"))
        .map(word -> word.length() > MAX_WORD_LENGTH ? breakable(word) : escape(word))
        .collect(Collectors.joining(" "));
  }

  private static String breakable(String word) {
    return word.codePoints()
        .mapToObj(LatexText::escape)
        .collect(Collectors.joining("\\allowbreak{}"));
  }
}
