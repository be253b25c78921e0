package org.finegrain.train;

import java.io.IOException;
import java.util.Collections;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.finegrain.storage.Folder;
import org.finegrain.storage.JsonFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The top-1 accuracies on validation of a run so far. What a damaged or missing file would say is
 * left out.
 *
 * @param top1 completed epoch, from 1 → top-1, from 0 to 1
 */
public record ValidationCurve(SortedMap<Integer, Double> top1) {
  /** The curve of a run that has completed no epoch. */
  public static final ValidationCurve NONE = new ValidationCurve(new TreeMap<>());

  private static final Logger LOG = LoggerFactory.getLogger(ValidationCurve.class);

  /** Copies the accuracies. */
  public ValidationCurve {
    top1 = Collections.unmodifiableSortedMap(new TreeMap<>(top1));
  }

  /** Reads the curve from a run folder's metrics. */
  public static ValidationCurve read(Folder runFolder) throws IOException {
    if (!runFolder.exists(MetricsFile.NAME)) {
      return NONE;
    }
    SortedMap<Integer, Double> top1 = new TreeMap<>();
    for (String line : runFolder.lines(MetricsFile.NAME)) {
      try {
        EpochMetrics metrics = EpochMetrics.of(JsonFile.parse(line));
        metrics.val().ifPresent(val -> top1.put(metrics.epoch(), val.top1()));
      } catch (IllegalArgumentException e) {
        LOG.debug("A line of {} is damaged", runFolder.location(MetricsFile.NAME), e);
      }
    }
    return new ValidationCurve(top1);
  }

  /** Returns the top-1 after an epoch; empty if the run has not completed it. */
  public OptionalDouble after(int epoch) {
    return top1.containsKey(epoch) ? OptionalDouble.of(top1.get(epoch)) : OptionalDouble.empty();
  }
}
