package org.finegrain.report.figure;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Composite;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.GraphicsConfiguration;
import java.awt.Paint;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.util.Map;

/**
 * Java's graphics over a {@link Canvas}, for the chart library to draw on. It needs no font, and
 * takes plain colours, plain strokes and a {@link SansFont} alone.
 *
 * <p>A clip is remembered and not applied: the axes of a plot span all that is drawn on them.
 */
final class CanvasGraphics extends ShapeGraphics {
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
  public void clearRect(int x, int y, int width, int height) {
    Color before = color;
    color = background;
    fillRect(x, y, width, height);
    color = before;
  }
}
