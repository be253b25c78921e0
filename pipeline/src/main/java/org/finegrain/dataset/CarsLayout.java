package org.finegrain.dataset;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.finegrain.storage.Folder;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Struct;

/**
 * The writer of a synthetic Stanford Cars dataset: devkit/, cars_train/ and cars_test/ as {@link
 * CarsReader} describes them.
 */
final class CarsLayout implements SyntheticLayout {
  @Override
  public void write(Folder folder, SyntheticPlan plan) throws IOException {
    List<String> classNames =
        IntStream.range(0, plan.config().classes())
            .mapToObj(
                kind ->
                    String.format(Locale.ROOT, "%s Saloon %d", plan.kind(kind).name(), 2001 + kind))
            .toList();
    writeMat(folder, "devkit/cars_meta.mat", Map.of("class_names", MatBytes.row(classNames)));
    for (Split split : List.of(Split.TRAIN, Split.TEST)) {
      List<SyntheticPlan.Image> images = plan.images(split);
      Struct labelled = Mat5.newStruct(1, images.size());
      Struct unlabelled = Mat5.newStruct(1, images.size());
      for (int i = 0; i < images.size(); i++) {
        String file = String.format(Locale.ROOT, "%05d.jpg", i + 1); // both parts count from 1
        SyntheticPicture picture = plan.draw(images.get(i), Silhouette.CAR);
        byte[] jpeg = picture.jpeg();
        folder.write(
            String.format(Locale.ROOT, "cars_%s/%s", split.folder(), file), out -> out.write(jpeg));
        setBox(labelled, i, picture.box());
        setBox(unlabelled, i, picture.box());
        labelled.set("class", i, MatBytes.small(images.get(i).kind() + 1));
        labelled.set("fname", i, Mat5.newString(file));
        unlabelled.set("fname", i, Mat5.newString(file));
      }
      if (split == Split.TRAIN) {
        writeMat(folder, "devkit/cars_train_annos.mat", Map.of("annotations", labelled));
      } else {
        writeMat(folder, "devkit/cars_test_annos.mat", Map.of("annotations", unlabelled));
        writeMat(folder, "cars_test_annos_withlabels.mat", Map.of("annotations", labelled));
      }
    }
  }

  /** Sets the box of an image. The file counts from 1 and includes the last row and column. */
  private static void setBox(Struct annotations, int i, BoundingBox box) {
    annotations.set("bbox_x1", i, MatBytes.small((int) box.left() + 1));
    annotations.set("bbox_y1", i, MatBytes.small((int) box.top() + 1));
    annotations.set("bbox_x2", i, MatBytes.small((int) (box.left() + box.width())));
    annotations.set("bbox_y2", i, MatBytes.small((int) (box.top() + box.height())));
  }

  private static void writeMat(Folder folder, String file, Map<String, Array> variables)
      throws IOException {
    byte[] mat = MatBytes.of(variables);
    folder.write(file, out -> out.write(mat));
  }
}
