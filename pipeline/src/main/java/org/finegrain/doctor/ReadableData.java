package org.finegrain.doctor;

import java.util.Locale;
import java.util.stream.Collectors;
import org.finegrain.dataset.Split;
import org.finegrain.ingest.IngestedDataset;

/** Checks that the executors can read the ingested data, and that it is what its manifest says. */
record ReadableData(VerifiedData data) implements Check {
  private static final int FINGERPRINT_LETTERS = 12;

  @Override
  public String name() {
    return "data";
  }

  @Override
  public Finding examine() {
    String text = String.join("; ", data.faults());
    if (data.faults().isEmpty()) {
      return Finding.ok(
          data.datasets().stream().map(ReadableData::text).collect(Collectors.joining("; ")));
    }
    return data.datasets().isEmpty()
        ? Finding.failed(text)
        : Finding.warning(text, "these trials will fail; the others run");
  }

  private static String text(IngestedDataset dataset) {
    return String.format(
        Locale.ROOT,
        "%s, %d train, %d val, %d test images, fingerprint %s",
        dataset.name(),
        dataset.count(Split.TRAIN),
        dataset.count(Split.VAL),
        dataset.count(Split.TEST),
        dataset.fingerprint().substring(0, FINGERPRINT_LETTERS));
  }
}
