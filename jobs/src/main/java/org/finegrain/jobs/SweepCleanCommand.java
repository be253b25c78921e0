package org.finegrain.jobs;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Scanner;
import java.util.concurrent.Callable;
import org.finegrain.storage.Folder;
import org.finegrain.storage.Lease;
import org.finegrain.sweep.Leftovers;
import org.finegrain.sweep.Plan;
import org.finegrain.sweep.PlanFile;
import org.finegrain.sweep.PlanLease;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code finegrain sweep clean}, which removes what a plan does not need any more. */
@Command(
    name = "clean",
    description =
        "Removes the run folders of retired trials, and what was set aside. Lists them and asks"
            + " first.")
final class SweepCleanCommand implements Callable<Outcome> {
  @Option(names = "--out", required = true, paramLabel = "DIR", description = "The sweep folder.")
  private String out;

  @Option(names = "--yes", description = "Remove them without asking.")
  private boolean yes;

  @Option(names = "--dry-run", description = "List them, and stop.")
  private boolean dryRun;

  @Spec private CommandSpec spec;

  @Override
  public Outcome call() throws IOException, InterruptedException {
    Folder sweep = Folder.at(out, HadoopFiles.hadoop());
    try (Lease lease = PlanLease.acquire(sweep)) {
      lease.requireHeld();
      Plan plan = PlanFile.require(sweep);
      Leftovers leftovers = Leftovers.of(plan, sweep);
      if (leftovers.isEmpty()) {
        return Outcome.shows("Nothing to remove");
      }
      if (dryRun || !(yes || isConfirmed(leftovers))) {
        return Outcome.shows(leftovers.text() + "\nNothing was removed");
      }
      leftovers.remove();
      return Outcome.shows(leftovers.text() + "\nRemoved");
    }
  }

  private boolean isConfirmed(Leftovers leftovers) {
    spec.commandLine().getErr().println(leftovers.text());
    spec.commandLine().getErr().print("Remove them? Type yes: ");
    spec.commandLine().getErr().flush();
    Scanner answer = new Scanner(new InputStreamReader(System.in, Charset.defaultCharset()));
    return answer.hasNextLine() && answer.nextLine().strip().equals("yes");
  }
}
