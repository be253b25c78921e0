package org.finegrain.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.finegrain.dataset.Split;
import org.finegrain.ingest.IngestedDataset;

/**
 * Warns of images that the ingestion left out as unreadable: no training and no score sees them.
 */
record QuarantinedImages(VerifiedData data) implements Check {
  @Override
  public String name() {
    return "quarantine";
  }

  @Override
  public Finding examine() {
    List<IngestedDataset> missing =
        data.datasets().stream().filter(dataset -> quarantined(dataset) > 0).toList();
    return missing.isEmpty()
        ? Finding.ok("no image was left out")
        : Finding.warning(
            missing.stream().map(QuarantinedImages::text).collect(Collectors.joining("; ")),
            "scores are not those of the whole dataset; repair the images that _manifest.json names and ingest again");
  }

  private static String text(IngestedDataset dataset) {
    long images = Arrays.stream(Split.values()).mapToLong(dataset::count).sum();
    int quarantined = quarantined(dataset);
    return String.format(
        Locale.ROOT,
        "%s lacks %d of %d images (%.2f %%), %d of them in the test split",
        dataset.name(),
        quarantined,
        images + quarantined,
        100.0 * quarantined / (images + quarantined),
        dataset.findings().quarantined().stream()
            .filter(image -> image.split().equals(Split.TEST.folder()))
            .count());
  }

  private static int quarantined(IngestedDataset dataset) {
    return dataset.findings().quarantined().size();
  }
}
