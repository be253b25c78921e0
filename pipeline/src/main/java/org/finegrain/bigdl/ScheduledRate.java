package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.optim.SGD;
import java.io.Serializable;

/** A {@link LearningRate} as BigDL wants it. BigDL counts steps from 1 and adds a negative rate. */
final class ScheduledRate implements SGD.LearningRateSchedule, Serializable {
  private final LearningRate learningRate;
  private double current;

  ScheduledRate(LearningRate learningRate) {
    this.learningRate = learningRate;
  }

  @Override
  public <T> void updateHyperParameter(SGD<T> sgd) {
    int count = (Integer) sgd.state().apply("neval");
    current = -learningRate.at(count - 1L);
  }

  @Override
  public double currentRate() {
    return current;
  }

  @Override
  public void currentRate_$eq(double rate) {
    current = rate;
  }

  @Override
  public int excludeIterations() {
    return 0;
  }

  @Override
  public void excludeIterations_$eq(int iterations) {}

  @Override
  public int excludeEpochs() {
    return 0;
  }

  @Override
  public void excludeEpochs_$eq(int epochs) {}

  @Override
  public int maxIterations() {
    return 0;
  }

  @Override
  public void maxIterations_$eq(int iterations) {}
}
