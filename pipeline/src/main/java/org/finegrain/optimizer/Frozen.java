package org.finegrain.optimizer;

import java.util.List;

/** Nothing changes. */
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
