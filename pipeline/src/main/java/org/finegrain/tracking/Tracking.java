package org.finegrain.tracking;

import java.util.Optional;
import org.finegrain.config.TrackingConfig;
import org.finegrain.train.RunTracker;

/** Makes the tracker that a configuration asks for. */
public final class Tracking {
  private Tracking() {}

  /** Returns the tracker of a run; one that does nothing unless a server is configured. */
  public static RunTracker ofRun(TrackingConfig config) {
    return of(config, Optional.empty());
  }

  /** Returns the tracker of a sweep's trials, in the same way. */
  public static RunTracker ofSweep(TrackingConfig config, TrackedSweep sweep) {
    return of(config, Optional.of(sweep));
  }

  private static RunTracker of(TrackingConfig config, Optional<TrackedSweep> sweep) {
    return config
        .mlflow()
        .<RunTracker>map(
            address -> {
              MlflowServer server = MlflowServer.at(address, System.getenv());
              return new MlflowTracker(new MlflowExperiment(server, config.experiment()), sweep);
            })
        .orElse(RunTracker.NONE);
  }
}
