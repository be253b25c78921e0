package org.finegrain.report.figure;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.geom.Rectangle2D;

/**
 * A sans-serif font whose measures are known without any font on the machine, so that a figure is
 * laid out alike on every machine. The widths are those of Helvetica, which Arial and Liberation
 * Sans share; canvases fit the text of other fonts to them.
 *
 * <p>The chart library asks the font for some of its measures, and the graphics for others.
 */
final class SansFont extends Font {
  private static final String NAME =
      "Helvetica"; // the library would take one named as its own for equal to that
  private static final double ASCENT = 0.9;
  private static final double DESCENT = 0.22;

  /** The widths of the characters from the space to the tilde, in thousandths of the size. */
  private static final int[] WIDTHS = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // to _
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // to o
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584 // to ~
  };

  private static final int OTHER_WIDTH = 600;
  private static final int WIDE_WIDTH = 1000;
  private static final int FIRST_WIDE = 0x2e80; // Chinese, Japanese and Korean begin here
  private static final double BOLD_WIDTH = 1.07;

  private SansFont(int style, int size) {
    super(NAME, style, size);
  }

  static SansFont plain(int size) {
    return new SansFont(PLAIN, size);
  }

  static SansFont bold(int size) {
    return new SansFont(BOLD, size);
  }

  /** Returns the width of a text in pixels. */
  double width(String text) {
    double thousandths = text.codePoints().map(SansFont::width).sum();
    return thousandths / 1000 * getSize() * (isBold() ? BOLD_WIDTH : 1);
  }

  /** Returns a text that is no wider than {@code room} pixels, with an ellipsis where it is cut. */
  String fit(String text, double room) {
    String shown = text;
    String rest = text;
    while (width(shown) > room && !rest.isEmpty()) {
      rest = rest.substring(0, rest.offsetByCodePoints(rest.length(), -1));
      shown = rest.strip() + "…";
    }
    return shown;
  }

  private static int width(int character) {
    int index = character - ' ';
    if (index >= 0 && index < WIDTHS.length) {
      return WIDTHS[index];
    }
    return character < FIRST_WIDE ? OTHER_WIDTH : WIDE_WIDTH;
  }

  double ascent() {
    return ASCENT * getSize();
  }

  double descent() {
    return DESCENT * getSize();
  }

  Rectangle2D bounds(String text) {
    return new Rectangle2D.Double(0, -ascent(), width(text), ascent() + descent());
  }

  @Override
  public Rectangle2D getStringBounds(String text, FontRenderContext context) {
    return bounds(text);
  }

  @Override
  public LineMetrics getLineMetrics(String text, FontRenderContext context) {
    return new SansMetrics.Line(this, text.length());
  }

  @Override
  public LineMetrics getLineMetrics(String text, int begin, int limit, FontRenderContext context) {
    return new SansMetrics.Line(this, limit - begin);
  }
}
