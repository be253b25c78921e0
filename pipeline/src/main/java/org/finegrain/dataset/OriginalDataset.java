package org.finegrain.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.finegrain.storage.Folder;

/**
 * A dataset as a reader found it in an original layout.
 *
 * @param name the short name: cub, aircraft, cars or dogs
 * @param classNames the names of the classes in label order
 * @param samples the samples, sorted by image id
 * @param bannerRows the number of rows at the bottom of every image that do not belong to the
 *     photograph
 * @param badBoxes the listed boxes that cannot be read, sorted by path
 * @param sizes the sizes of the image files that exist, in bytes, by path
 */
public record OriginalDataset(
    String name,
    List<String> classNames,
    List<Sample> samples,
    int bannerRows,
    List<BadBox> badBoxes,
    Map<String, Long> sizes) {
  /**
   * Checks that there is something to learn from.
   *
   * @throws DataException if the lists name no train image
   */
  public OriginalDataset {
    if (samples.stream().noneMatch(sample -> sample.split() == Split.TRAIN)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "The lists of %s name no train image (%d images, %d classes): restore them from the"
                  + " original archive",
              name,
              samples.size(),
              classNames.size()));
    }
  }

  /**
   * Checks that the folder has the images beside the lists.
   *
   * @throws DataException if a folder of images holds none of the images that the lists name in it
   */
  public void checkImages(Folder root) throws IOException {
    Map<String, List<String>> byFolder = new TreeMap<>();
    for (Sample sample : samples) {
      String folder = sample.path().substring(0, sample.path().indexOf('/') + 1);
      byFolder.computeIfAbsent(folder, key -> new ArrayList<>()).add(sample.path());
    }
    for (List<String> paths : byFolder.values()) {
      if (paths.stream().noneMatch(sizes::containsKey)) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "Cannot find any of %d images of %s in %s, such as %s; %s: place the folders of the"
                    + " original archives there as the lists name them",
                paths.size(),
                name,
                root,
                paths.get(0),
                FolderContents.of(root)));
      }
    }
  }

  /** Returns the number of samples in a split. */
  public long count(Split split) {
    return samples.stream().filter(sample -> sample.split() == split).count();
  }
}
