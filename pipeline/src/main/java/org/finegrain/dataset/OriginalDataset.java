package org.finegrain.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.finegrain.storage.Folder;

/**
 * What a reader found in an original layout.
 *
 * @param name short name: cub, aircraft, cars or dogs
 * @param classNames in label order
 * @param samples sorted by image id
 * @param bannerRows rows at the bottom of every image that are no part of the photograph
 * @param badBoxes sorted by path: boxes that the layout promises and that cannot be read
 * @param sizes in bytes of the image files that are there, by path
 */
public record OriginalDataset(
    String name,
    List<String> classNames,
    List<Sample> samples,
    int bannerRows,
    List<BadBox> badBoxes,
    Map<String, Long> sizes) {
  /**
   * @throws DataException if the lists name no train image: there is nothing to learn from
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
   * Refuses a folder that has the lists and not the images.
   *
   * @throws DataException if a folder of images holds none of those that the lists name in it
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

  public long count(Split split) {
    return samples.stream().filter(sample -> sample.split() == split).count();
  }
}
