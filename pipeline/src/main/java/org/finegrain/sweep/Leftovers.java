package org.finegrain.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.finegrain.storage.Folder;
import org.finegrain.storage.LeaseHeldException;
import org.finegrain.train.RunLease;

/**
 * The folders of a sweep that its plan does not need any more: the run folders of retired trials,
 * and what was set aside.
 */
public final class Leftovers {
  private final Folder sweep;
  private final Plan plan;
  private final List<Trial> retired;
  private final List<String> superseded;
  private final long bytes;

  private Leftovers(
      Folder sweep, Plan plan, List<Trial> retired, List<String> superseded, long bytes) {
    this.sweep = sweep;
    this.plan = plan;
    this.retired = retired;
    this.superseded = superseded;
    this.bytes = bytes;
  }

  /** Finds the folders that {@code plan} does not need in its sweep folder. */
  public static Leftovers of(Plan plan, Folder sweep) throws IOException {
    List<Trial> retired = new ArrayList<>();
    long bytes = size(new Superseded(sweep).folder());
    for (Trial trial : plan.retired()) {
      retired.add(trial);
      bytes += size(trial.runFolder(sweep));
    }
    return new Leftovers(sweep, plan, retired, new Superseded(sweep).folder().folders(), bytes);
  }

  private static long size(Folder folder) throws IOException {
    return folder.files().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns whether there is nothing to remove. */
  public boolean isEmpty() {
    return retired.isEmpty() && superseded.isEmpty();
  }

  /** Returns the folders for a reader, a line for each, and their size. */
  public String text() {
    List<String> lines = new ArrayList<>();
    retired.forEach(trial -> lines.add("retired     " + trial.id() + "  " + trial.label()));
    superseded.forEach(name -> lines.add("superseded  " + name));
    lines.add(
        String.format(
            Locale.ROOT,
            "%d retired trials, %d superseded folders, %.1f MB",
            retired.size(),
            superseded.size(),
            bytes / 1e6));
    return String.join("\n", lines);
  }

  /**
   * Removes the folders, and the trials from the plan's list of retired ones.
   *
   * @throws LeaseHeldException if a process still trains one of the trials; those before it have
   *     been removed
   */
  public void remove() throws IOException {
    for (Trial trial : retired) {
      Folder run = trial.runFolder(sweep);
      if (run.exists()) {
        RunLease.acquire(run, trial.id(), "").close();
        run.delete();
      }
    }
    for (String name : superseded) {
      new Superseded(sweep).folder().folder(name).delete();
    }
    PlanFile.write(plan.withRetired(List.of()), sweep);
  }
}
