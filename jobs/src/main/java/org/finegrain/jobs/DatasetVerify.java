package org.finegrain.jobs;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.finegrain.dataset.DatasetReader;
import org.finegrain.dataset.OfficialCounts;
import org.finegrain.dataset.OriginalDataset;
import org.finegrain.dataset.Sample;
import org.finegrain.dataset.Split;
import org.finegrain.image.Crop;
import org.finegrain.image.ImageDecoder;
import org.finegrain.image.ImageException;
import org.finegrain.storage.Folder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code finegrain dataset verify}: reads the lists and decodes every image. Fails if an image is
 * missing or broken; a part of a dataset is told, not failed.
 */
@Command(
    name = "verify",
    description =
        "Reads the lists of an original dataset and decodes every image: counts against the"
            + " official ones, missing and broken files. Exit code 1 if there are any.")
final class DatasetVerify implements Callable<Outcome> {
  private static final Logger LOG = LoggerFactory.getLogger(DatasetVerify.class);
  private static final int PROGRESS_EVERY = 1_000;

  @Mixin private final ExperimentOptions experiment = new ExperimentOptions();

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
      description = "The folder of the original layout, or the one it was unpacked into.")
  private String root;

  @Override
  public Outcome call() throws IOException {
    long maxPixels = experiment.load().ingest().maxPixels();
    Folder folder = Folder.at(root, HadoopFiles.hadoop());
    OriginalDataset original = DatasetReader.of(dataset).read(folder);
    Optional<String> difference = OfficialCounts.of(dataset).difference(original);
    AtomicInteger done = new AtomicInteger();
    int images = original.samples().size();
    List<String> faults =
        original.samples().parallelStream()
            .map(
                sample -> {
                  Optional<String> fault = fault(folder, sample, original.bannerRows(), maxPixels);
                  int count = done.incrementAndGet();
                  if (count % PROGRESS_EVERY == 0) {
                    LOG.info("verify: {} of {} images", count, images);
                  }
                  return fault;
                })
            .flatMap(Optional::stream)
            .toList();

    StringBuilder text = new StringBuilder();
    faults.forEach(fault -> text.append(fault).append('\n'));
    difference.ifPresent(
        sentence -> text.append(dataset).append(": ").append(sentence).append('\n'));
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %,d classes, %,d train and %,d test images, %,d missing or broken",
            dataset,
            original.classNames().size(),
            original.count(Split.TRAIN),
            original.count(Split.TEST),
            faults.size()));
    return new Outcome(faults.isEmpty() ? ExitCode.DONE : ExitCode.FAILED, text.toString());
  }

  private static Optional<String> fault(
      Folder folder, Sample sample, int bannerRows, long maxPixels) {
    try {
      if (!folder.exists(sample.path())) {
        return Optional.of(sample.path() + ": missing");
      }
      Crop.withoutBottom(ImageDecoder.decode(folder.bytes(sample.path()), maxPixels), bannerRows);
      return Optional.empty();
    } catch (ImageException | IOException e) {
      return Optional.of(sample.path() + ": " + e.getMessage());
    }
  }
}
