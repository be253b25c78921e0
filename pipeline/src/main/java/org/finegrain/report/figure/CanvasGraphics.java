package org.finegrain.report.figure;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Composite;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GraphicsConfiguration;
import java.awt.Image;
import java.awt.Paint;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.BufferedImageOp;
import java.awt.image.ImageObserver;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.text.AttributedCharacterIterator;
import java.util.Map;

/**
 * Java's graphics over a {@link Canvas}, for the chart library to draw on. It needs no font, and
 * takes plain colours, plain strokes and a {@link SansFont} alone.
 *
 * <p>A clip is remembered and not applied: the axes of a plot span all that is drawn on them.
 * Images and text as shapes are not supported.
 */
final class CanvasGraphics extends Graphics2D {
  private final Canvas canvas;
  private final RenderingHints hints = new RenderingHints(Map.of());
  private AffineTransform transform = new AffineTransform();
  private Color color = Color.BLACK;
  private Color background = Color.WHITE;
  private BasicStroke stroke = new BasicStroke();
  private Composite composite = AlphaComposite.SrcOver;
  private SansFont font = SansFont.plain(12);
  private Area clip;

  CanvasGraphics(Canvas canvas) {
    this.canvas = canvas;
  }

  @Override
  public Graphics create() {
    CanvasGraphics copy = new CanvasGraphics(canvas);
    copy.hints.putAll(hints);
    copy.transform = new AffineTransform(transform);
    copy.color = color;
    copy.background = background;
    copy.stroke = stroke;
    copy.composite = composite;
    copy.font = font;
    copy.clip = clip;
    return copy;
  }

  @Override
  public void dispose() {}

  @Override
  public void draw(Shape shape) {
    canvas.draw(transform.createTransformedShape(shape), visible(), stroke);
  }

  @Override
  public void fill(Shape shape) {
    canvas.fill(transform.createTransformedShape(shape), visible());
  }

  @Override
  public void drawString(String text, float x, float y) {
    AffineTransform place = new AffineTransform(transform);
    place.translate(x, y);
    canvas.text(text, place, font.width(text), font, visible());
  }

  @Override
  public void drawString(String text, int x, int y) {
    drawString(text, (float) x, (float) y);
  }

  private Color visible() {
    float opacity = composite instanceof AlphaComposite alpha ? alpha.getAlpha() : 1;
    return new Color(
        color.getRed(), color.getGreen(), color.getBlue(), Math.round(opacity * color.getAlpha()));
  }

  @Override
  public FontMetrics getFontMetrics(Font of) {
    return new SansMetrics(sans(of));
  }

  private static SansFont sans(Font font) {
    if (font instanceof SansFont sans) {
      return sans;
    }
    throw unsupported("font " + font);
  }

  @Override
  public Font getFont() {
    return font;
  }

  @Override
  public void setFont(Font next) {
    font = sans(next);
  }

  @Override
  public FontRenderContext getFontRenderContext() {
    return new FontRenderContext(null, true, true);
  }

  @Override
  public Color getColor() {
    return color;
  }

  @Override
  public void setColor(Color next) {
    color = next;
  }

  @Override
  public Paint getPaint() {
    return color;
  }

  @Override
  public void setPaint(Paint paint) {
    if (!(paint instanceof Color plain)) {
      throw unsupported("paint " + paint);
    }
    color = plain;
  }

  @Override
  public Stroke getStroke() {
    return stroke;
  }

  @Override
  public void setStroke(Stroke next) {
    if (!(next instanceof BasicStroke plain)) {
      throw unsupported("stroke " + next);
    }
    stroke = plain;
  }

  @Override
  public Composite getComposite() {
    return composite;
  }

  @Override
  public void setComposite(Composite next) {
    composite = next;
  }

  @Override
  public Color getBackground() {
    return background;
  }

  @Override
  public void setBackground(Color next) {
    background = next;
  }

  @Override
  public void setPaintMode() {
    composite = AlphaComposite.SrcOver;
  }

  @Override
  public void setXORMode(Color other) {
    throw unsupported("XOR mode");
  }

  @Override
  public AffineTransform getTransform() {
    return new AffineTransform(transform);
  }

  @Override
  public void setTransform(AffineTransform next) {
    transform = new AffineTransform(next);
  }

  @Override
  public void transform(AffineTransform further) {
    transform.concatenate(further);
  }

  @Override
  public void translate(int x, int y) {
    transform.translate(x, y);
  }

  @Override
  public void translate(double x, double y) {
    transform.translate(x, y);
  }

  @Override
  public void rotate(double angle) {
    transform.rotate(angle);
  }

  @Override
  public void rotate(double angle, double x, double y) {
    transform.rotate(angle, x, y);
  }

  @Override
  public void scale(double x, double y) {
    transform.scale(x, y);
  }

  @Override
  public void shear(double x, double y) {
    transform.shear(x, y);
  }

  @Override
  public Shape getClip() {
    return clip;
  }

  @Override
  public Rectangle getClipBounds() {
    return clip == null ? null : clip.getBounds();
  }

  @Override
  public void setClip(Shape shape) {
    clip = shape == null ? null : new Area(shape);
  }

  @Override
  public void setClip(int x, int y, int width, int height) {
    setClip(new Rectangle(x, y, width, height));
  }

  @Override
  public void clip(Shape shape) {
    Area both = new Area(shape);
    if (clip != null) {
      both.intersect(clip);
    }
    clip = both;
  }

  @Override
  public void clipRect(int x, int y, int width, int height) {
    clip(new Rectangle(x, y, width, height));
  }

  @Override
  public boolean hit(Rectangle rectangle, Shape shape, boolean onStroke) {
    return (onStroke ? stroke.createStrokedShape(shape) : shape).intersects(rectangle);
  }

  @Override
  public Object getRenderingHint(RenderingHints.Key key) {
    return hints.get(key);
  }

  @Override
  public void setRenderingHint(RenderingHints.Key key, Object value) {
    if (value == null) {
      hints.remove(key);
    } else {
      hints.put(key, value);
    }
  }

  @Override
  public RenderingHints getRenderingHints() {
    return (RenderingHints) hints.clone();
  }

  @Override
  public void setRenderingHints(Map<?, ?> next) {
    hints.clear();
    hints.putAll(next);
  }

  @Override
  public void addRenderingHints(Map<?, ?> more) {
    hints.putAll(more);
  }

  @Override
  public GraphicsConfiguration getDeviceConfiguration() {
    return null; // there is no device
  }

  @Override
  public void drawLine(int x1, int y1, int x2, int y2) {
    draw(new Line2D.Double(x1, y1, x2, y2));
  }

  @Override
  public void fillRect(int x, int y, int width, int height) {
    fill(new Rectangle(x, y, width, height));
  }

  @Override
  public void clearRect(int x, int y, int width, int height) {
    Color before = color;
    color = background;
    fillRect(x, y, width, height);
    color = before;
  }

  @Override
  public void drawRoundRect(int x, int y, int width, int height, int arcWidth, int arcHeight) {
    draw(new RoundRectangle2D.Double(x, y, width, height, arcWidth, arcHeight));
  }

  @Override
  public void fillRoundRect(int x, int y, int width, int height, int arcWidth, int arcHeight) {
    fill(new RoundRectangle2D.Double(x, y, width, height, arcWidth, arcHeight));
  }

  @Override
  public void drawOval(int x, int y, int width, int height) {
    draw(new Ellipse2D.Double(x, y, width, height));
  }

  @Override
  public void fillOval(int x, int y, int width, int height) {
    fill(new Ellipse2D.Double(x, y, width, height));
  }

  @Override
  public void drawArc(int x, int y, int width, int height, int start, int extent) {
    draw(new Arc2D.Double(x, y, width, height, start, extent, Arc2D.OPEN));
  }

  @Override
  public void fillArc(int x, int y, int width, int height, int start, int extent) {
    fill(new Arc2D.Double(x, y, width, height, start, extent, Arc2D.PIE));
  }

  @Override
  public void drawPolyline(int[] xs, int[] ys, int count) {
    draw(path(xs, ys, count));
  }

  @Override
  public void drawPolygon(int[] xs, int[] ys, int count) {
    Path2D path = path(xs, ys, count);
    path.closePath();
    draw(path);
  }

  @Override
  public void fillPolygon(int[] xs, int[] ys, int count) {
    fill(path(xs, ys, count));
  }

  private static Path2D path(int[] xs, int[] ys, int count) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < count; i++) {
      if (i == 0) {
        path.moveTo(xs[i], ys[i]);
      } else {
        path.lineTo(xs[i], ys[i]);
      }
    }
    return path;
  }

  @Override
  public void copyArea(int x, int y, int width, int height, int right, int down) {
    throw unsupported("copies of an area");
  }

  @Override
  public void drawString(AttributedCharacterIterator text, int x, int y) {
    throw unsupported("text of several fonts");
  }

  @Override
  public void drawString(AttributedCharacterIterator text, float x, float y) {
    throw unsupported("text of several fonts");
  }

  @Override
  public void drawGlyphVector(GlyphVector glyphs, float x, float y) {
    throw unsupported("glyphs");
  }

  @Override
  public boolean drawImage(Image image, AffineTransform at, ImageObserver observer) {
    throw unsupported("images");
  }

  @Override
  public void drawImage(BufferedImage image, BufferedImageOp operation, int x, int y) {
    throw unsupported("images");
  }

  @Override
  public void drawRenderedImage(RenderedImage image, AffineTransform at) {
    throw unsupported("images");
  }

  @Override
  public void drawRenderableImage(RenderableImage image, AffineTransform at) {
    throw unsupported("images");
  }

  @Override
  public boolean drawImage(Image image, int x, int y, ImageObserver observer) {
    throw unsupported("images");
  }

  @Override
  public boolean drawImage(
      Image image, int x, int y, int width, int height, ImageObserver observer) {
    throw unsupported("images");
  }

  @Override
  public boolean drawImage(Image image, int x, int y, Color behind, ImageObserver observer) {
    throw unsupported("images");
  }

  @Override
  public boolean drawImage(
      Image image, int x, int y, int width, int height, Color behind, ImageObserver observer) {
    throw unsupported("images");
  }

  @Override
  public boolean drawImage(
      Image image,
      int dx1,
      int dy1,
      int dx2,
      int dy2,
      int sx1,
      int sy1,
      int sx2,
      int sy2,
      ImageObserver observer) {
    throw unsupported("images");
  }

  @Override
  public boolean drawImage(
      Image image,
      int dx1,
      int dy1,
      int dx2,
      int dy2,
      int sx1,
      int sy1,
      int sx2,
      int sy2,
      Color behind,
      ImageObserver observer) {
    throw unsupported("images");
  }

  private static UnsupportedOperationException unsupported(String feature) {
    return new UnsupportedOperationException("Figures have no " + feature);
  }
}
