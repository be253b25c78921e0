package org.finegrain.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Comparator;
import org.finegrain.dataset.OriginalDataset;
import org.finegrain.dataset.Sample;
import org.finegrain.storage.Checksums;

/**
 * The fingerprint that shows whether an original dataset has changed since it was ingested. It is a
 * hash over the class names, every listed image (id, path, label, split, box), and the sizes of the
 * image files. It does not notice that an image was replaced by another one of equal size.
 */
final class SourceFingerprint {
  private SourceFingerprint() {}

  static String of(OriginalDataset original) {
    MessageDigest digest = Checksums.newSha256();
    add(digest, original.name(), original.bannerRows());
    for (String className : original.classNames()) {
      add(digest, "class", className);
    }
    original.samples().stream()
        .sorted(Comparator.comparing(Sample::imageId))
        .forEach(sample -> add(digest, sample, original.sizes().get(sample.path())));
    return Checksums.hex(digest.digest());
  }

  private static void add(MessageDigest digest, Object... values) {
    for (Object value : values) {
      digest.update(String.valueOf(value).getBytes(UTF_8));
      digest.update((byte) 0);
    }
  }
}
