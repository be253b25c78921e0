package org.finegrain.doctor;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.finegrain.ingest.ImageFindings;
import org.finegrain.ingest.IngestedDataset;

/**
 * Equal images across splits let a network be asked what it has seen; under several labels one of
 * the answers is wrong.
 */
record DuplicateImages(SoundData data) implements Check {
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
        ? Finding.ok("no image stands in two splits or under two labels")
        : Finding.warning(
            affected.stream().map(DuplicateImages::text).collect(Collectors.joining("; ")),
            "say so beside the scores; _manifest.json names the images");
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
