package org.finegrain.dataset;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.finegrain.storage.Folder;

/**
 * The writer of a synthetic FGVC-Aircraft dataset: fgvc-aircraft-2013b/data/ as {@link
 * AircraftReader} describes it, and the original's lists by family and manufacturer.
 */
final class AircraftLayout implements SyntheticLayout {
  private static final int BANNER_ROWS = 20;

  @Override
  public void write(Folder folder, SyntheticPlan plan) throws IOException {
    Folder root = folder.folder("fgvc-aircraft-2013b/data");
    List<SyntheticPlan.Image> images = plan.images();
    StringBuilder boxes = new StringBuilder();
    for (SyntheticPlan.Image image : images) {
      SyntheticPicture picture = plan.draw(image, Silhouette.AIRCRAFT);
      byte[] jpeg = picture.withBanner(BANNER_ROWS).jpeg();
      root.write("images/" + id(image) + ".jpg", out -> out.write(jpeg));
      BoundingBox box = picture.box();
      boxes.append(
          String.format(
              Locale.ROOT,
              "%s %d %d %d %d\n",
              id(image),
              (int) box.left() + 1, // this file counts from 1
              (int) box.top() + 1,
              (int) (box.left() + box.width()),
              (int) (box.top() + box.height())));
    }
    root.write("images_box.txt", boxes.toString());

    Map<String, Function<SyntheticPlan.Image, String>> levels =
        Map.of(
            "variant", image -> variant(plan, image.kind()),
            "family", image -> "Family " + (image.kind() / 2 + 1),
            "manufacturer", image -> "Finegrain");
    Map<String, Predicate<SyntheticPlan.Image>> parts =
        Map.of(
            "trainval", image -> image.split() == Split.TRAIN,
            "train", image -> image.split() == Split.TRAIN && image.number() % 2 == 1,
            "val", image -> image.split() == Split.TRAIN && image.number() % 2 == 0,
            "test", image -> image.split() == Split.TEST);
    Map<String, String> files =
        Map.of(
            "variant",
            "variants.txt",
            "family",
            "families.txt",
            "manufacturer",
            "manufacturers.txt");
    for (var level : levels.entrySet()) {
      Set<String> names = new LinkedHashSet<>();
      images.forEach(image -> names.add(level.getValue().apply(image)));
      root.write(files.get(level.getKey()), String.join("\n", names) + "\n");
      for (var part : parts.entrySet()) {
        StringBuilder rows = new StringBuilder();
        images.stream()
            .filter(part.getValue())
            .forEach(
                image ->
                    rows.append(id(image))
                        .append(' ')
                        .append(level.getValue().apply(image))
                        .append('\n'));
        root.write(
            String.format(Locale.ROOT, "images_%s_%s.txt", level.getKey(), part.getKey()),
            rows.toString());
      }
    }
  }

  private static String id(SyntheticPlan.Image image) {
    return Integer.toString(1_000_000 + 37 * image.serial());
  }

  /** Returns the name of a variant, with spaces and a slash as in some names of the original. */
  private static String variant(SyntheticPlan plan, int kind) {
    return String.format(Locale.ROOT, "F/A-%d %s", kind + 1, plan.kind(kind).name());
  }
}
