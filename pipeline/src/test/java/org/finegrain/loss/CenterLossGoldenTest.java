package org.finegrain.loss;

import java.util.Set;
import java.util.stream.Stream;
import org.finegrain.golden.GoldenCase;
import org.finegrain.golden.GoldenFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class CenterLossGoldenTest {
  @TestFactory
  Stream<DynamicTest> everyCase() {
    return GoldenFile.open("center_loss").tests(Set.of("center_loss"), this::check);
  }

  private void check(GoldenCase golden) {
    CenterStep step =
        new CenterStep(
            golden.tensor("inputs", "x").floats(),
            golden.tensor("inputs", "centers").floats(),
            golden.tensor("inputs", "centers").shape()[0]);
    double loss = step.run(LossTarget.ofWholeBatch(golden.integers("inputs", "labels"), 0), 1);

    golden.checkForward(loss, "outputs", "loss");
    golden.checkGradient(step.dx(), "grads", "x");
    golden.checkForward(
        step.centersAfter(golden.number("options", "alpha")), "outputs", "centers_after");
  }
}
