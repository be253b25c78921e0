package org.finegrain.report.figure;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.font.LineMetrics;
import java.awt.geom.Rectangle2D;

/** The measures of a {@link SansFont}, as Java's graphics give them. */
final class SansMetrics extends FontMetrics {
  private final SansFont sans;

  SansMetrics(SansFont font) {
    super(font);
    sans = font;
  }

  @Override
  public int charWidth(char character) {
    return stringWidth(String.valueOf(character));
  }

  @Override
  public int charWidth(int character) {
    return stringWidth(Character.toString(character));
  }

  @Override
  public int charsWidth(char[] characters, int begin, int length) {
    return stringWidth(new String(characters, begin, length));
  }

  @Override
  public int stringWidth(String text) {
    return (int) Math.round(sans.width(text));
  }

  @Override
  public int getAscent() {
    return (int) Math.round(sans.ascent());
  }

  @Override
  public int getDescent() {
    return (int) Math.round(sans.descent());
  }

  @Override
  public Rectangle2D getStringBounds(String text, Graphics context) {
    return sans.bounds(text);
  }

  @Override
  public LineMetrics getLineMetrics(String text, Graphics context) {
    return new Line(sans, text.length());
  }

  /** The heights of a line of text. */
  static final class Line extends LineMetrics {
    private final SansFont font;
    private final int characters;

    Line(SansFont font, int characters) {
      this.font = font;
      this.characters = characters;
    }

    @Override
    public int getNumChars() {
      return characters;
    }

    @Override
    public float getAscent() {
      return (float) font.ascent();
    }

    @Override
    public float getDescent() {
      return (float) font.descent();
    }

    @Override
    public float getLeading() {
      return 0;
    }

    @Override
    public float getHeight() {
      return getAscent() + getDescent();
    }

    @Override
    public int getBaselineIndex() {
      return Font.ROMAN_BASELINE;
    }

    @Override
    public float[] getBaselineOffsets() {
      return new float[] {0, 0, 0};
    }

    @Override
    public float getStrikethroughOffset() {
      return -getAscent() / 3;
    }

    @Override
    public float getStrikethroughThickness() {
      return 1;
    }

    @Override
    public float getUnderlineOffset() {
      return 1;
    }

    @Override
    public float getUnderlineThickness() {
      return 1;
    }
  }
}
