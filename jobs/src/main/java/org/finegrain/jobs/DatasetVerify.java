package org.finegrain.jobs;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.dataset.DatasetReader;
import org.finegrain.dataset.OfficialCounts;
import org.finegrain.dataset.OriginalDataset;
import org.finegrain.dataset.Split;
import org.finegrain.ingest.ImageFindings;
import org.finegrain.ingest.IngestedDataset;
import org.finegrain.ingest.OriginalCheck;
import org.finegrain.storage.Folder;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command {@code finegrain dataset verify}, which reads the whole of an original or of an
 * ingested dataset. It fails if an image is missing or broken. It reports a dataset that has fewer
 * images than the published one, but does not fail.
 */
@Command(
    name = "verify",
    description = {
      "With --dataset and --root: reads the lists of an original dataset and decodes every image."
          + " Compares the counts with the official ones, and names missing and broken images, bad"
          + " boxes, and equal images in several splits or under several labels.",
      "With --data: compares every part of an ingested dataset with the checksums of its manifest.",
      "Exit code 1 if anything is missing or broken."
    })
final class DatasetVerify implements Callable<Outcome> {
  @Mixin private final ExperimentOptions experiment = new ExperimentOptions();

  @ArgGroup(multiplicity = "1")
  private Checked checked;

  @Spec private CommandSpec spec;

  private static final class Checked {
    @ArgGroup(exclusive = false)
    private Original original;

    @Option(
        names = "--data",
        required = true,
        paramLabel = "DIR",
        description = "The folder of an ingested dataset.")
    private String data;
  }

  private static final class Original {
    @Option(
        names = "--dataset",
        required = true,
        paramLabel = "NAME",
        description = "One of cub, aircraft, cars, dogs.")
    private String dataset;

    @Option(
        names = "--root",
        required = true,
        paramLabel = "DIR",
        description =
            "The folder of the original layout, or the one that the archives were unpacked into.")
    private String root;
  }

  @Override
  public Outcome call() throws IOException {
    ExperimentConfig config = experiment.load();
    return checked.original == null ? ingested(config) : original(config);
  }

  private Outcome ingested(ExperimentConfig config) throws IOException {
    try (SparkSession spark = SparkSessions.open("finegrain dataset verify", config.cluster())) {
      IngestedDataset dataset = IngestedDataset.open(spark, checked.data);
      dataset.verify();
      String words =
          String.format(
              Locale.ROOT,
              "%s: %,d classes, %,d train, %,d val and %,d test images, every part as it was written",
              dataset.name(),
              dataset.classNames().size(),
              dataset.count(Split.TRAIN),
              dataset.count(Split.VAL),
              dataset.count(Split.TEST));
      return Outcome.shows(text(dataset.findings(), List.of(words)));
    }
  }

  private Outcome original(ExperimentConfig config) throws IOException {
    String name = CommandLines.dataset(spec, checked.original.dataset);
    Folder folder = Folder.at(checked.original.root, HadoopFiles.hadoop());
    OriginalDataset dataset = DatasetReader.of(name).read(folder);
    ImageFindings findings = OriginalCheck.of(folder, dataset, config.ingest().maxPixels());
    String words =
        String.format(
            Locale.ROOT,
            "%s: %,d classes, %,d train and %,d test images, %,d missing or broken",
            name,
            dataset.classNames().size(),
            dataset.count(Split.TRAIN),
            dataset.count(Split.TEST),
            findings.quarantined().size());
    List<String> lines =
        OfficialCounts.of(name)
            .difference(dataset)
            .map(sentence -> List.of(name + ": " + sentence, words))
            .orElse(List.of(words));
    return new Outcome(
        findings.quarantined().isEmpty() ? ExitCode.DONE : ExitCode.FAILED, text(findings, lines));
  }

  private static String text(ImageFindings findings, List<String> lines) {
    StringBuilder text = new StringBuilder();
    findings.lines().forEach(line -> text.append(line).append('\n'));
    return text.append(String.join("\n", lines)).toString();
  }
}
