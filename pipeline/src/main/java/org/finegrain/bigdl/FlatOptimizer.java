package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.optim.DistriOptimizer;
import com.intel.analytics.bigdl.dllib.optim.OptimMethod;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import com.intel.analytics.bigdl.dllib.utils.T$;
import com.intel.analytics.bigdl.dllib.utils.Table;
import java.util.List;
import org.finegrain.optimizer.ParameterGroup;
import org.finegrain.optimizer.UpdateRule;
import org.finegrain.optimizer.VectorUpdate;
import org.finegrain.optimizer.WeightAverage;
import scala.Function1;
import scala.Tuple2;

/**
 * {@link VectorUpdate} as BigDL wants it. An executor has one for its slice of the flat vector; the
 * driver has one that only knows the step.
 */
final class FlatOptimizer implements OptimMethod<Object> {
  private static final String STEP = "neval"; // counts from 1

  private final List<ParameterGroup> groups;
  private final LearningRate learningRate;
  private final double emaDecay;
  private Table state = T$.MODULE$.apply();
  private double gradientScale = 1;
  private transient VectorUpdate update;
  private transient WeightAverage average;

  /**
   * @param emaDecay of the average of the weights; 0: none is kept
   */
  FlatOptimizer(List<ParameterGroup> groups, LearningRate learningRate, double emaDecay) {
    this.groups = groups;
    this.learningRate = learningRate;
    this.emaDecay = emaDecay;
  }

  /** That of the executor which {@code replica} is on. */
  static FlatOptimizer of(DistriOptimizer.Cache<?> replica) {
    return BigDl.cast(replica.optimMethods().values().head());
  }

  /** On an executor, whose slice is always the same. */
  VectorUpdate update(Tuple2<Object, Object> localPartitionRange) {
    if (update == null) {
      int from = (Integer) localPartitionRange._1() - 1; // Scala's counts from 1
      update = new VectorUpdate(groups, from, (Integer) localPartitionRange._2());
    }
    return update;
  }

  boolean keepsAverage() {
    return emaDecay > 0;
  }

  /**
   * Before the first step.
   *
   * @param start of this executor's slice: the average so far, or the first weights; kept
   */
  void beginAverage(float[] start) {
    average = new WeightAverage(emaDecay, start);
  }

  /** Of this executor's slice; empty where none is kept. */
  float[] average() {
    return average == null ? new float[0] : average.average();
  }

  /** By which the next gradients are multiplied. */
  void scaleGradients(double scale) {
    gradientScale = scale;
  }

  @Override
  public Tuple2<Tensor<Object>, Object> optimize(
      Function1<Tensor<Object>, Tuple2<Object, Tensor<Object>>> lossAndGradient,
      Tensor<Object> weights) {
    Tuple2<Object, Tensor<Object>> evaluated = lossAndGradient.apply(weights);
    int step = (Integer) state.apply(STEP);
    update.update(
        slice(weights),
        slice(evaluated._2()),
        new UpdateRule.Step(step, learningRate.at(step - 1L), gradientScale));
    if (average != null) {
      average.add(slice(weights), step);
    }
    return new Tuple2<>(weights, new float[] {(Float) evaluated._1()});
  }

  static float[] slice(Tensor<Object> tensor) {
    if (BigDl.offset(tensor) != 0) {
      throw new IllegalStateException("A slice does not begin with its array");
    }
    return BigDl.array(tensor);
  }

  @Override
  public double getLearningRate() {
    return learningRate.at((Integer) state.apply(STEP) - 1L);
  }

  @Override
  public Table state() {
    return state;
  }

  @Override
  public void state_$eq(Table table) {
    state = table;
  }

  @Override
  public FlatOptimizer clone() {
    FlatOptimizer clone = new FlatOptimizer(groups, learningRate, emaDecay);
    clone.state = state.clone();
    return clone;
  }

  @Override
  public void clearHistory() {
    state.clear();
  }

  /** Nothing: it was set up when it was made. */
  @Override
  public FlatOptimizer loadFromTable(Table config) {
    return this;
  }
}
