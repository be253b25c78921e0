package org.finegrain.jobs;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.finegrain.report.figure.Figure;
import org.finegrain.report.figure.LinePlot;
import org.finegrain.report.figure.Series;
import org.finegrain.train.LearningRateCurve;

/** Draws a {@link LearningRateCurve}: the loss over the logarithm of the learning rate. */
final class LearningRateFigure {
  private LearningRateFigure() {}

  static Figure of(LearningRateCurve curve) {
    LinePlot plot =
        new LinePlot(
            "Learning-rate range test",
            new LinePlot.Numbers("log10 of the learning rate"),
            "training loss",
            List.of(
                series("of a batch", curve, LearningRateCurve.Point::loss),
                series("smoothed", curve, LearningRateCurve.Point::smoothedLoss)));
    return new Figure(
        "curve", "Training loss while the learning rate rises from step to step.", List.of(plot));
  }

  private static Series series(
      String name, LearningRateCurve curve, ToDoubleFunction<LearningRateCurve.Point> loss) {
    return new Series(
        name,
        curve.points().stream()
            .map(
                point ->
                    new Series.Point(
                        Math.log10(point.learningRate()),
                        loss.applyAsDouble(point),
                        Double.NaN,
                        List.of()))
            .toList());
  }
}
