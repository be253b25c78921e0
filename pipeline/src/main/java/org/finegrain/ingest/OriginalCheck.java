package org.finegrain.ingest;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.finegrain.dataset.BadBox;
import org.finegrain.dataset.OriginalDataset;
import org.finegrain.dataset.Sample;
import org.finegrain.image.Crop;
import org.finegrain.image.ImageDecoder;
import org.finegrain.image.ImageException;
import org.finegrain.image.RgbImage;
import org.finegrain.storage.Checksums;
import org.finegrain.storage.Folder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The check of every image of an original dataset. It reads them on this machine in the way in
 * which ingestion reads them.
 */
public final class OriginalCheck {
  private static final Logger LOG = LoggerFactory.getLogger(OriginalCheck.class);
  private static final int PROGRESS_EVERY = 1_000;

  private final Folder root;
  private final OriginalDataset dataset;
  private final long maxPixels;
  private final AtomicInteger done = new AtomicInteger();
  private final Queue<Quarantined> broken = new ConcurrentLinkedQueue<>();
  private final Queue<BadBox> badBoxes = new ConcurrentLinkedQueue<>();

  private OriginalCheck(Folder root, OriginalDataset dataset, long maxPixels) {
    this.root = root;
    this.dataset = dataset;
    this.maxPixels = maxPixels;
  }

  /**
   * Reads every image and returns the faults.
   *
   * @param maxPixels the largest number of pixels of an image; a larger image counts as broken
   * @throws org.finegrain.dataset.DataException if a folder has none of its images
   */
  public static ImageFindings of(Folder root, OriginalDataset dataset, long maxPixels)
      throws IOException {
    dataset.checkImages(root);
    return new OriginalCheck(root, dataset, maxPixels).findings();
  }

  private ImageFindings findings() {
    List<Duplicate.Occurrence> images =
        dataset.samples().parallelStream().map(this::read).flatMap(Optional::stream).toList();
    return new ImageFindings(
        broken.stream().sorted().toList(),
        Stream.concat(dataset.badBoxes().stream(), badBoxes.stream()).sorted().toList(),
        Duplicate.among(images));
  }

  private Optional<Duplicate.Occurrence> read(Sample sample) {
    int count = done.incrementAndGet();
    if (count % PROGRESS_EVERY == 0) {
      LOG.info("Verified {} of {} images", count, dataset.samples().size());
    }
    String path = sample.path();
    String split = sample.split().folder();
    try {
      byte[] file = OriginalImage.read(root, path);
      RgbImage image =
          Crop.withoutBottom(ImageDecoder.decode(file, maxPixels), dataset.bannerRows());
      sample
          .boundingBox()
          .filter(box -> box.within(image.width(), image.height()).isEmpty())
          .ifPresent(box -> badBoxes.add(new BadBox(path, box.outside())));
      return Optional.of(
          new Duplicate.Occurrence(Checksums.sha256(file), path, split, sample.label()));
    } catch (ImageException | IOException e) {
      broken.add(new Quarantined(path, split, e.getMessage()));
      return Optional.empty();
    }
  }
}
