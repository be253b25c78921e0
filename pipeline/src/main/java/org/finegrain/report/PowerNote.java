package org.finegrain.report;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.finegrain.report.statistics.SeedPower;

/** The sentence below a table that says which differences its seeds can find. */
final class PowerNote {
  private static final double ONE_POINT = 0.01;

  private final Map<Column, SeedPower> powers = new LinkedHashMap<>();
  private final Set<Column> unequal = new LinkedHashSet<>();

  /** Adds a column and panel. Of several panels, the one with the least power counts. */
  void add(Column column, ColumnTests tests) {
    Optional<SeedPower> power = tests.power();
    if (power.isPresent()) {
      powers.merge(column, power.get(), PowerNote::smaller);
      if (tests.hasUnequalSpreads()) {
        unequal.add(column);
      }
    }
  }

  /** Returns the sentence; empty where no difference can be tested. */
  Optional<String> sentence() {
    return powers.isEmpty()
        ? Optional.empty()
        : Optional.of(
            powers.entrySet().stream()
                .map(entry -> words(entry.getKey(), entry.getValue()))
                .collect(
                    Collectors.joining(
                        "; ",
                        "With a chance of 80 %, these seeds find a difference between two rows of ",
                        "." + exceptions())));
  }

  private String exceptions() {
    return unequal.isEmpty()
        ? ""
        : " Not all spreads may be pooled on "
            + unequal.stream().map(Column::title).collect(Collectors.joining(", "))
            + ": a difference to a row that varies more must be larger.";
  }

  private static String words(Column column, SeedPower power) {
    double detectable = power.detectable();
    return String.format(
        Locale.ROOT,
        "%s on %s (one point takes %d seeds)",
        detectable < 1 ? Percent.of(detectable) + " points" : "more than 100 points",
        column.title(),
        power.seedsFor(ONE_POINT));
  }

  private static SeedPower smaller(SeedPower a, SeedPower b) {
    return a.detectable() < b.detectable() ? b : a;
  }
}
