package org.finegrain.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.finegrain.storage.Folder;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.Matrix;

/**
 * Reads the original Stanford Dogs folder. A class is named by its image folder.
 *
 * <pre>
 *   lists/train_list.mat, lists/test_list.mat      or beside Images/, as lists.tar unpacks them
 *       file_list    N × 1 cell, "n02085620-Chihuahua/n02085620_5927.jpg"
 *       labels       N × 1, from 1
 *   Images/n02085620-Chihuahua/n02085620_5927.jpg
 *   Annotation/n02085620-Chihuahua/n02085620_5927  Pascal VOC XML; the folder is optional
 * </pre>
 */
final class DogsReader implements DatasetReader {
  private static final List<String> PREFIXES =
      List.of("", "stanford-dogs/", "stanford_dogs/", "ImageNetDogs/");
  private static final String TRAIN = "train_list.mat";
  private static final String TEST = "test_list.mat";

  @Override
  public OriginalDataset read(Folder root) throws IOException {
    DatasetFolder folder = DatasetFolder.find(root, PREFIXES, List.of("lists/" + TRAIN, TRAIN));
    Reading reading = new Reading(folder);
    reading.readPart(TRAIN, Split.TRAIN);
    reading.readPart(TEST, Split.TEST);
    return reading.samples.dataset("dogs", reading.classNames(), 0);
  }

  /** Both lists on their way into one dataset. */
  private static final class Reading {
    private final DatasetFolder folder;
    private final boolean hasBoxes;
    private final VocXml xml = new VocXml();
    private final SampleCollector samples = new SampleCollector();
    private final SortedMap<Integer, String> classes = new TreeMap<>();

    Reading(DatasetFolder folder) throws IOException {
      this.folder = folder;
      this.hasBoxes = folder.has("Annotation");
    }

    void readPart(String name, Split split) throws IOException {
      String file = folder.has("lists/" + name) ? "lists/" + name : name;
      MatFile mat = MatFile.read(folder, file);
      Cell files = mat.cell("file_list");
      Matrix labels = mat.matrix("labels");
      if (files.getNumElements() != labels.getNumElements()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s lists %d files but %d labels: restore it from the original archive",
                mat.name(),
                files.getNumElements(),
                labels.getNumElements()));
      }
      for (int i = 0; i < files.getNumElements(); i++) {
        ListRow row = mat.row(i);
        String path = row.path(mat.text(files, "file_list", i));
        add(row, path, mat.integer(labels, "labels", i), split);
      }
    }

    private void add(ListRow row, String path, int classId, Split split) throws IOException {
      int slash = path.indexOf('/');
      if (slash < 0 || !path.endsWith(".jpg")) {
        throw row.fault(
            String.format(Locale.ROOT, "expected '<class folder>/<image>.jpg', found '%s'", path));
      }
      if (classId < 1) {
        throw row.fault(String.format(Locale.ROOT, "label %d; labels count from 1", classId));
      }
      String className = path.substring(0, slash);
      String known = classes.putIfAbsent(classId, className);
      if (known != null && !known.equals(className)) {
        throw row.fault(
            String.format(
                Locale.ROOT, "label %d stands for %s and for %s", classId, known, className));
      }
      String stem = path.substring(0, path.length() - ".jpg".length());
      String id = stem.substring(stem.lastIndexOf('/') + 1);
      SampleCollector.BoxSource box =
          hasBoxes ? () -> box(row, "Annotation/" + stem) : SampleCollector.BoxSource.NONE;
      samples.add(row, id, folder.path("Images/" + path), classId - 1, split, box);
    }

    private BoundingBox box(ListRow row, String annotation) throws IOException {
      if (!folder.has(annotation)) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s:%d: cannot find %s: unpack annotation.tar again, or remove Annotation/ to do"
                    + " without boxes",
                row.file(),
                row.number(),
                folder.path(annotation)));
      }
      return xml.box(folder.path(annotation), folder.bytes(annotation));
    }

    List<String> classNames() {
      List<String> names = new ArrayList<>();
      for (var entry : classes.entrySet()) {
        if (entry.getKey() != names.size() + 1) {
          throw new DataException(
              String.format(
                  Locale.ROOT,
                  "%s and %s list no image of class %d: restore them from the original archive",
                  folder.path(TRAIN),
                  TEST,
                  names.size() + 1));
        }
        if (names.contains(entry.getValue())) {
          throw new DataException(
              String.format(
                  Locale.ROOT,
                  "%s and %s give %s two labels: restore them from the original archive",
                  folder.path(TRAIN),
                  TEST,
                  entry.getValue()));
        }
        names.add(entry.getValue());
      }
      return List.copyOf(names);
    }
  }
}
