package org.finegrain.sweep;

import java.util.List;
import org.finegrain.config.SchedulerConfig;

/**
 * A rule by which settings of a sweep are given up that will not win. It compares settings after
 * certain epochs, the rungs. A rule has no memory: it sees how far settings have come, and equal
 * courses give equal verdicts.
 */
interface PruningRule {
  /** The rule by which nothing is given up. */
  PruningRule NONE =
      new PruningRule() {
        @Override
        public List<Integer> rungs(int epochs) {
          return List.of();
        }

        @Override
        public List<Verdict> verdicts(List<Integer> rungs, List<Course> courses) {
          return List.of();
        }
      };

  /** Returns the configured rule. */
  static PruningRule of(SchedulerConfig config) {
    return switch (config.scheduler()) {
      case ALL -> NONE;
      case HALVING -> new HalvingRule(config.halving());
      case MEDIAN -> new MedianRule(config.median());
    };
  }

  /** Returns the epochs after which trainings of {@code epochs} epochs are compared, ascending. */
  List<Integer> rungs(int epochs);

  /**
   * Returns the verdicts that are due. When these are put into the courses, more may be due.
   *
   * @param courses the settings that can be compared with one another, in the order of the plan
   */
  List<Verdict> verdicts(List<Integer> rungs, List<Course> courses);
}
