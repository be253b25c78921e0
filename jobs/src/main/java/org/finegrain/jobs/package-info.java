/**
 * The command line and the mains that {@code spark-submit} starts: one class a command, thin over
 * the pipeline. A job looks like this:
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
 * <p>A command with subcommands names their classes in its annotation; each of those is such a
 * {@code Callable}. {@link org.finegrain.jobs.JobMain} adds {@code --help}, answers {@code
 * --print-config}, and turns outcomes and exceptions into exit codes. Tests call {@code
 * JobMain.run}.
 */
package org.finegrain.jobs;
