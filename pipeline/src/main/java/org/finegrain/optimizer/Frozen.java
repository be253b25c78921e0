package org.finegrain.optimizer;

import java.util.List;

/** The rule for weights that do not learn: it changes nothing. */
public record Frozen() implements UpdateRule {
  @Override
  public List<String> stateNames() {
    return List.of();
  }

  @Override
  public boolean usesGradient() {
    return false;
  }

  @Override
  public void update(Vector vector, int from, int to, Step step) {}
}
