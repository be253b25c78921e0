package org.finegrain.dataset;

import java.io.IOException;
import java.util.Locale;
import org.finegrain.storage.Folder;

/**
 * The writer of a synthetic CUB-200-2011 dataset: CUB_200_2011/ as {@link CubReader} describes it.
 * Its first image is grey.
 */
final class CubLayout implements SyntheticLayout {
  @Override
  public void write(Folder folder, SyntheticPlan plan) throws IOException {
    Folder root = folder.folder("CUB_200_2011");
    StringBuilder classes = new StringBuilder();
    for (int kind = 0; kind < plan.config().classes(); kind++) {
      classes.append(kind + 1).append(' ').append(className(plan, kind)).append('\n');
    }
    StringBuilder images = new StringBuilder();
    StringBuilder labels = new StringBuilder();
    StringBuilder splits = new StringBuilder();
    StringBuilder boxes = new StringBuilder();
    for (SyntheticPlan.Image image : plan.images()) {
      int id = image.serial();
      String className = className(plan, image.kind());
      String path =
          String.format(
              Locale.ROOT,
              "%s/%s_%04d_%d.jpg",
              className,
              className.substring(4),
              image.number(),
              id);
      SyntheticPicture picture = plan.draw(image, Silhouette.BIRD);
      byte[] jpeg = id == 1 ? picture.grey().jpeg() : picture.jpeg();
      root.write("images/" + path, out -> out.write(jpeg));
      BoundingBox box = picture.box();
      images.append(id).append(' ').append(path).append('\n');
      labels.append(id).append(' ').append(image.kind() + 1).append('\n');
      int train = image.split() == Split.TRAIN ? 1 : 0;
      splits.append(id).append(' ').append(train).append('\n');
      boxes.append(
          String.format(
              Locale.ROOT,
              "%d %.1f %.1f %.1f %.1f\n",
              id,
              box.left(),
              box.top(),
              box.width(),
              box.height()));
    }
    root.write("classes.txt", classes.toString());
    root.write("images.txt", images.toString());
    root.write("image_class_labels.txt", labels.toString());
    root.write("train_test_split.txt", splits.toString());
    root.write("bounding_boxes.txt", boxes.toString());
  }

  private static String className(SyntheticPlan plan, int kind) {
    return String.format(
        Locale.ROOT, "%03d.%s_Bird", kind + 1, plan.kind(kind).name().replace(' ', '_'));
  }
}
