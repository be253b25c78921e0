/**
 * The command line, and the mains that {@code spark-submit} starts. Each command is one class,
 * which reads its options and calls the library.
 *
 * <p>Start at {@link org.finegrain.jobs.JobMain}, which runs every command, and at {@link
 * org.finegrain.jobs.TrainJob}. The package may use every other one; no other may use it. A job
 * looks like this:
 *
 * <pre>{@code
 * @Command(name = "ingest", description = "Turns an original dataset into Parquet shards.")
 * public final class IngestJob implements Callable<Outcome> {
 *   @Mixin private final ExperimentOptions experiment = new ExperimentOptions();
 *
 *   @Option(names = "--out", required = true, paramLabel = "DIR", description = "…")
 *   private String out;
 *
 *   @Option(names = "--dry-run", description = "Say what would be written, and stop.")
 *   private boolean dryRun;
 *
 *   public static void main(String[] args) {
 *     JobMain.exit(new IngestJob(), args);
 *   }
 *
 *   @Override
 *   public Outcome call() throws IOException {
 *     ExperimentConfig config = experiment.load();
 *     if (dryRun) {
 *       return Outcome.shows("Would write " + out);
 *     }
 *     try (SparkSession spark = SparkSessions.open("finegrain ingest cub", config.cluster())) {
 *       …
 *       return Outcome.wrote(out);
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>A command with subcommands names their classes in its annotation; each of them is such a
 * {@code Callable}. {@code JobMain} adds {@code --help}, answers {@code --print-config}, and turns
 * outcomes and exceptions into exit codes. Tests call {@code JobMain.run}.
 *
 * <p>Promise: the last line of standard output is the result, such as the path that was written. A
 * wrong command line or configuration starts nothing, and {@code --dry-run} writes nothing.
 */
package org.finegrain.jobs;
