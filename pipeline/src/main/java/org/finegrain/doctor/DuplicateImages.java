package org.finegrain.doctor;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.finegrain.ingest.ImageFindings;
import org.finegrain.ingest.IngestedDataset;

/**
 * Warns of images that occur several times: in several splits, so that the network is tested on
 * what it was trained on, or under several labels, of which at most one is right.
 */
record DuplicateImages(VerifiedData data) implements Check {
  @Override
  public String name() {
    return "duplicates";
  }

  @Override
  public Finding examine() {
    List<IngestedDataset> affected =
        data.datasets().stream()
            .filter(dataset -> !dataset.findings().duplicates().isEmpty())
            .toList();
    return affected.isEmpty()
        ? Finding.ok("no image is in two splits or under two labels")
        : Finding.warning(
            affected.stream().map(DuplicateImages::text).collect(Collectors.joining("; ")),
            "mention it where you publish the scores; _manifest.json names the images");
  }

  private static String text(IngestedDataset dataset) {
    ImageFindings findings = dataset.findings();
    return String.format(
        Locale.ROOT,
        "%s has %d images in several splits and %d under several labels",
        dataset.name(),
        findings.acrossSplits(),
        findings.acrossLabels());
  }
}
