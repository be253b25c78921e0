package org.finegrain.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.finegrain.storage.Folder;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.Struct;

/**
 * The reader of the original Stanford Cars folder, in both layouts in which it is distributed.
 *
 * <pre>
 *   devkit/cars_meta.mat                   class_names, 1 × 196 cell
 *   devkit/cars_train_annos.mat            annotations, 1 × 8144 struct: bbox_x1 … bbox_y2, class, fname
 *   cars_test_annos_withlabels.mat         the same for the test split; here or in devkit/
 *   cars_train/00001.jpg …, cars_test/00001.jpg …
 *
 *   cars_annos.mat                         class_names; annotations with relative_im_path and test (0 or 1)
 *   car_ims/000001.jpg …
 * </pre>
 *
 * In the first layout, image ids begin with the split, since both parts have a 00001.jpg. Boxes
 * count pixels from 1 and include their last row and column.
 */
final class CarsReader implements DatasetReader {
  private static final String META = "cars_meta.mat";
  private static final String TRAIN = "cars_train_annos.mat";
  private static final String TEST = "cars_test_annos_withlabels.mat";
  private static final String SINGLE = "cars_annos.mat";
  private static final String SINGLE_IMAGES = "car_ims/";

  @Override
  public OriginalDataset read(Folder root) throws IOException {
    DatasetFolder folder =
        DatasetFolder.find(root, List.of("devkit/" + TRAIN, TRAIN, SINGLE, "devkit/" + SINGLE));
    Optional<MatFile> train = list(folder, TRAIN);
    return train.isPresent()
        ? readDevkit(folder, train.get())
        : readSingle(folder, list(folder, SINGLE).orElseThrow(() -> missing(folder, SINGLE)));
  }

  private static OriginalDataset readDevkit(DatasetFolder folder, MatFile train)
      throws IOException {
    List<String> classNames =
        classNames(list(folder, META).orElseThrow(() -> missing(folder, META)));
    SampleCollector samples = new SampleCollector();
    readPart(train, Split.TRAIN, classNames, samples);
    MatFile test = list(folder, TEST).orElseThrow(() -> missing(folder, TEST));
    readPart(test, Split.TEST, classNames, samples);
    return samples.dataset(folder, "cars", classNames, 0);
  }

  static void readPart(MatFile mat, Split split, List<String> classNames, SampleCollector samples) {
    Struct annotations = mat.struct("annotations");
    if (!MatFile.hasField(annotations, "class")) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s holds no labels, just like the devkit's %s: replace it with the published %s",
              mat.name(),
              "cars_test_annos.mat",
              split == Split.TEST ? TEST : TRAIN));
    }
    for (int i = 0; i < annotations.getNumElements(); i++) {
      ListRow row = mat.row(i);
      String image = row.path(mat.text(annotations, "fname", i));
      String id = split.folder() + "-" + stem(image);
      int label = label(mat, annotations, i, classNames.size());
      String place = "cars_" + split.folder() + "/";
      samples.add(row, id, place, image, label, split, box(mat, annotations, i));
    }
  }

  private static OriginalDataset readSingle(DatasetFolder folder, MatFile mat) throws IOException {
    if (!folder.has(SINGLE_IMAGES) && folder.has("cars_train")) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s lists the images of %s, but %s holds cars_train/ instead: place the lists of that"
                  + " folder there (devkit/%s, devkit/%s, %s), or %s",
              mat.name(),
              SINGLE_IMAGES,
              folder.root(),
              META,
              TRAIN,
              TEST,
              SINGLE_IMAGES));
    }
    List<String> classNames = classNames(mat);
    Struct annotations = mat.struct("annotations");
    SampleCollector samples = new SampleCollector();
    for (int i = 0; i < annotations.getNumElements(); i++) {
      ListRow row = mat.row(i);
      String path = row.path(mat.text(annotations, "relative_im_path", i));
      Split split = mat.integer(annotations, "test", i) == 0 ? Split.TRAIN : Split.TEST;
      int label = label(mat, annotations, i, classNames.size());
      String place = path.substring(0, path.lastIndexOf('/') + 1);
      String image = path.substring(place.length());
      samples.add(row, stem(image), place, image, label, split, box(mat, annotations, i));
    }
    return samples.dataset(folder, "cars", classNames, 0);
  }

  static List<String> classNames(MatFile mat) {
    Cell cell = mat.cell("class_names");
    List<String> names = new ArrayList<>();
    for (int i = 0; i < cell.getNumElements(); i++) {
      String name = mat.text(cell, "class_names", i);
      if (names.contains(name)) {
        throw mat.row(i).fault(String.format(Locale.ROOT, "the class '%s' is listed twice", name));
      }
      names.add(name);
    }
    return List.copyOf(names);
  }

  private static int label(MatFile mat, Struct annotations, int index, int classes) {
    int classId = mat.integer(annotations, "class", index);
    if (classId < 1 || classId > classes) {
      throw mat.row(index)
          .fault(String.format(Locale.ROOT, "class %d is not in 1 to %d", classId, classes));
    }
    return classId - 1; // the file counts from 1, every later stage from 0
  }

  private static SampleCollector.BoxSource box(MatFile mat, Struct annotations, int index) {
    return () -> {
      int left = mat.integer(annotations, "bbox_x1", index) - 1;
      int top = mat.integer(annotations, "bbox_y1", index) - 1;
      int right = mat.integer(annotations, "bbox_x2", index);
      int bottom = mat.integer(annotations, "bbox_y2", index);
      return new BoundingBox(left, top, right - left, bottom - top);
    };
  }

  private static String stem(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /**
   * Reads a list from where a copy of the dataset has it: in devkit/, beside it, or in the root.
   */
  private static Optional<MatFile> list(DatasetFolder folder, String file) throws IOException {
    for (DatasetFolder place :
        List.of(folder.below("devkit/"), folder, new DatasetFolder(folder.root(), ""))) {
      if (place.has(file)) {
        return Optional.of(MatFile.read(place, file));
      }
    }
    return Optional.empty();
  }

  private static DataException missing(DatasetFolder folder, String file) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "Cannot find %s in %s or its devkit/: place it there%s",
            folder.path(file),
            folder.root(),
            file.equals(TEST) ? "; cars_test_annos.mat of the devkit holds no labels" : ""));
  }
}
