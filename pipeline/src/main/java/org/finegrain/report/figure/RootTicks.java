package org.finegrain.report.figure;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.NumberTickUnitSource;
import org.jfree.chart.axis.TickUnit;
import org.jfree.chart.axis.TickUnitSource;

/** The library's distances between ticks, with labels that do not follow the machine's language. */
final class RootTicks implements TickUnitSource {
  private static final double LARGER = 1 + 1e-6;
  private final NumberTickUnitSource source;

  /**
   * Makes the distances.
   *
   * @param whole whether they must be whole numbers
   */
  RootTicks(boolean whole) {
    source = new NumberTickUnitSource(whole);
  }

  /** Returns a distance whose labels have as many decimals as it needs. */
  static NumberTickUnit unit(double distance) {
    int decimals = BigDecimal.valueOf(distance).stripTrailingZeros().scale();
    String pattern = decimals > 0 ? "0." + "0".repeat(decimals) : "#,##0";
    return new NumberTickUnit(
        distance, new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)));
  }

  @Override
  public TickUnit getLargerTickUnit(TickUnit unit) {
    return getCeilingTickUnit(unit.getSize() * LARGER);
  }

  @Override
  public TickUnit getCeilingTickUnit(TickUnit unit) {
    return getCeilingTickUnit(unit.getSize());
  }

  @Override
  public TickUnit getCeilingTickUnit(double size) {
    return unit(source.getCeilingTickUnit(size).getSize());
  }
}
