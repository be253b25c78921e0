package org.finegrain.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sinks;
import us.hebi.matlab.mat.types.Sources;
import us.hebi.matlab.mat.types.Struct;

/** Reads lists that are malformed, contradict each other, or are meant to do harm. */
class HostileInputTest {
  @TempDir Path temporary;
  private Folder root;

  @BeforeEach
  void open() throws IOException {
    root = Folder.at(temporary.toString(), new Configuration());
  }

  @Test
  void cubNamesFileAndRow() throws IOException {
    writeCub();
    assertThat(read("cub").samples()).hasSize(2);
    check("cub", "images.txt", "1 a/1.jpg\n2\n", "images.txt:2: expected '<image id>");
    check("cub", "images.txt", "1 a/1.jpg\nx b/2.jpg\n", "images.txt:2: an image id must be");
    check("cub", "images.txt", "1 a/1.jpg\n1 b/2.jpg\n", "images.txt:2: image 1 is listed twice");
    check("cub", "images.txt", "1 a/1.jpg\n2 a/1.jpg\n", "images.txt:2: the path images/a/1.jpg");
    check("cub", "images.txt", "1 a/1.jpg\n", "image_class_labels.txt:2: image 2 is not in");
    check("cub", "image_class_labels.txt", "1 1\n", "images.txt:2: image 2 is not in image_class");
    check("cub", "image_class_labels.txt", "1 1\n\n2 3\n", "labels.txt:3: class id 3 is not in 1");
    check("cub", "image_class_labels.txt", "1 0\n2 1\n", "labels.txt:1: class id 0 is not in 1");
    check("cub", "train_test_split.txt", "1 1\n2 yes\n", "split.txt:2: expected 1 (train) or 0");
    check("cub", "classes.txt", "1 a\n3 b\n", "classes.txt:2: expected class id 2, found '3'");
    check("cub", "classes.txt", "1 a\n2 a\n", "classes.txt:2: the class a is listed twice");
  }

  @Test
  void emptyListsAreNoDataset() throws IOException {
    for (String file :
        List.of("classes.txt", "images.txt", "image_class_labels.txt", "train_test_split.txt")) {
      root.write(file, "");
    }
    checkRead("cub", "The lists of cub name no train image (0 images, 0 classes): restore");
    writeCub();
    check("cub", "train_test_split.txt", "1 0\n2 0\n", "no train image (2 images, 2 classes)");
    for (String file :
        List.of("variants.txt", "images_variant_trainval.txt", "images_variant_test.txt")) {
      root.write(file, "\n");
    }
    checkRead("aircraft", "The lists of aircraft name no train image");
    writeList("lists/train_list.mat", List.of());
    writeList("lists/test_list.mat", List.of());
    checkRead("dogs", "The lists of dogs name no train image");
  }

  @Test
  void missingListsAreNamed() throws IOException {
    for (String file : List.of("classes.txt", "image_class_labels.txt", "train_test_split.txt")) {
      writeCub();
      Files.delete(temporary.resolve(file));
      assertThatThrownBy(() -> read("cub"))
          .isInstanceOf(DataException.class)
          .hasMessage(
              String.format(
                  Locale.ROOT,
                  "Cannot find %s in %s: place it there, from the original archive",
                  file,
                  root.location()));
    }
    for (String name : DatasetManifest.NAMES) {
      Folder empty = root.folder("empty");
      assertThatThrownBy(() -> DatasetReader.of(name).read(empty))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("Cannot find ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "/etc/passwd",
        "a/../../b.jpg",
        "file:/etc/passwd",
        "C:\\b.jpg",
        "a\\..\\b.jpg",
        "./",
        "b/"
      })
  void pathsMayNotLeaveTheFolder(String path) throws IOException {
    writeCub();
    check(
        "cub",
        "images.txt",
        "1 a/1.jpg\n2 " + path + "\n",
        "images.txt:2: the path '" + path + "' leads out of the dataset's folder");
  }

  @Test
  void aircraftNamesFileAndRow() throws IOException {
    root.write("variants.txt", "F/A-18\nA 320\n");
    root.write("images_variant_trainval.txt", "0000001 F/A-18\n0000002 A 320\n");
    root.write("images_variant_test.txt", "0000003 A 320\n");
    OriginalDataset aircraft = read("aircraft");
    assertThat(aircraft.classNames()).containsExactly("F/A-18", "A 320");
    assertThat(aircraft.samples())
        .contains(new Sample("0000003", "images/0000003.jpg", 1, Split.TEST, null));
    String test = "images_variant_test.txt";
    check("aircraft", test, "0000003 Boeing\n", test + ":1: the variant 'Boeing' is not in");
    check("aircraft", test, "../etc A 320\n", test + ":1: an image id must have seven digits");
    check("aircraft", test, "0000001 A 320\n", test + ":1: the image 0000001 is listed twice");
    check("aircraft", "variants.txt", "A 320\nA 320\n", "variants.txt:2: the variant 'A 320' is");
    root.write("images_box.txt", "0000001 1 1 x 9\n0000002 1 1 9 9\n0000002 1 1 9 9\n");
    assertThat(read("aircraft").badBoxes())
        .extracting(BadBox::toString)
        .satisfiesExactly(
            box -> assertThat(box).startsWith("images/0000001.jpg: images_box.txt:1: xmax must be"),
            box -> assertThat(box).contains("images_box.txt:3: image 0000002 is listed twice"),
            box -> assertThat(box).contains("images_box.txt lists no box of image 0000003"));
  }

  @Test
  void matFilesAreNotTrusted() throws IOException {
    writeCars(1, "00001.jpg");
    assertThat(read("cars").samples()).hasSize(2);
    writeCars(3, "00001.jpg");
    checkRead("cars", "devkit/cars_train_annos.mat:1: class 3 is not in 1 to 2");
    writeCars(1, "../../etc/passwd");
    checkRead("cars", "devkit/cars_train_annos.mat:1: the path '../../etc/passwd' leads out");
    root.write("devkit/cars_train_annos.mat", "no MATLAB file at all");
    checkRead(
        "cars", "devkit/cars_train_annos.mat is not a MATLAB v5 file, or is damaged: restore");
    writeCars(1, "00001.jpg");
    write("devkit/cars_meta.mat", MatBytes.of(Map.of("names", MatBytes.row(List.of("a")))));
    checkRead("cars", "devkit/cars_meta.mat has no variable 'class_names', only names: restore");
    write("devkit/cars_meta.mat", "MATLAB 7.3 MAT-file".getBytes(UTF_8));
    checkRead("cars", "devkit/cars_meta.mat is a MATLAB 7.3 file, which is HDF5: save it with -v7");
    writeCars(1, "00001.jpg");
    Array dicts = Mat5.newCell(1, 1).set(0, Mat5.newStruct());
    write("devkit/cars_train_annos.mat", MatBytes.of(Map.of("annotations", dicts)));
    checkRead(
        "cars",
        "'annotations' is a cell array, as scipy.io.savemat writes a list of dicts (must be a struct"
            + " array)");
    writeCars(1, "00001.jpg");
    Struct unlabelled = Mat5.newStruct(1, 1);
    setBox(unlabelled, 0);
    unlabelled.set("fname", 0, Mat5.newString("00001.jpg"));
    write("cars_test_annos_withlabels.mat", MatBytes.of(Map.of("annotations", unlabelled)));
    checkRead("cars", "cars_test_annos_withlabels.mat holds no labels, just like the devkit's");
    Files.delete(temporary.resolve("cars_test_annos_withlabels.mat"));
    checkRead("cars", "Cannot find cars_test_annos_withlabels.mat");
  }

  @Test
  void variablesOfMatFilesHaveTheirKind() throws IOException {
    writeDogs("<annotation/>");
    for (Map.Entry<String, Array> wrong :
        Map.of(
                "text", Mat5.newString("n01-a/n01_1.jpg"),
                "a matrix of numbers", Mat5.newMatrix(1, 1),
                "a struct array", Mat5.newStruct(1, 1))
            .entrySet()) {
      Map<String, Array> variables =
          Map.of("file_list", wrong.getValue(), "labels", MatBytes.small(1));
      write("lists/train_list.mat", MatBytes.of(variables));
      checkRead(
          "dogs",
          "lists/train_list.mat: the variable 'file_list' is "
              + wrong.getKey()
              + " (must be a cell array); restore the file from the original archive");
    }
    Matrix half = Mat5.newMatrix(1, 1);
    half.setDouble(0, 1.5);
    write(
        "lists/train_list.mat",
        MatBytes.of(
            Map.of("file_list", MatBytes.column(List.of("n01-a/n01_1.jpg")), "labels", half)));
    checkRead("dogs", "lists/train_list.mat:1: ");

    writeCars(1, "00001.jpg");
    write(
        "devkit/cars_meta.mat",
        MatBytes.of(Map.of("class_names", MatBytes.row(List.of("a", "a")))));
    checkRead("cars", "devkit/cars_meta.mat:2: the class 'a' is listed twice");
  }

  /** The file takes no room: it is all hole. */
  @Test
  void aListOfAnotherKindOfFileIsNotReadIntoMemory() throws IOException {
    writeCub();
    try (RandomAccessFile file =
        new RandomAccessFile(temporary.resolve("images.txt").toFile(), "rw")) {
      file.setLength(1L << 30);
    }
    Files.deleteIfExists(temporary.resolve(".images.txt.crc"));
    checkRead("cub", "images.txt has 1073741824 bytes (at most 67108864 are read): restore");
  }

  @Test
  void damagedMatFilesAreRefusedWithoutAnotherException() throws IOException {
    writeCars(1, "00001.jpg");
    byte[] file = uncompressed(root.bytes("devkit/cars_train_annos.mat"));
    write("devkit/cars_train_annos.mat", file);
    assertThat(read("cars").samples()).hasSize(2);
    for (int at = 128; at < file.length; at++) {
      byte[] damaged = file.clone();
      damaged[at] ^= (byte) 0xFF;
      write("devkit/cars_train_annos.mat", damaged);
      try {
        read("cars");
      } catch (DataException e) {
        assertThat(e.getMessage()).contains("cars_train_annos.mat");
      }
    }
  }

  @Test
  void readsTheOlderLayoutOfCars() throws IOException {
    Struct annotations = Mat5.newStruct(1, 2);
    for (int i = 0; i < 2; i++) {
      setBox(annotations, i);
      annotations.set(
          "relative_im_path",
          i,
          Mat5.newString(String.format(Locale.ROOT, "car_ims/00000%d.jpg", i + 1)));
      annotations.set("class", i, MatBytes.small(i + 1));
      annotations.set("test", i, MatBytes.small(i));
    }
    Map<String, Array> variables =
        Map.of("annotations", annotations, "class_names", MatBytes.row(List.of("a", "b")));
    write("cars_annos.mat", MatBytes.of(variables));
    BoundingBox box = new BoundingBox(38, 115, 531, 260);
    assertThat(read("cars").samples())
        .containsExactly(
            new Sample("000001", "car_ims/000001.jpg", 0, Split.TRAIN, box),
            new Sample("000002", "car_ims/000002.jpg", 1, Split.TEST, box));
  }

  @Test
  void xmlMayNotReachOtherFiles() throws IOException {
    Path secret = Files.writeString(temporary.resolve("secret"), "7");
    writeDogs(
        String.format(
            Locale.ROOT,
            """
        <?xml version="1.0"?>
        <!DOCTYPE annotation [<!ENTITY secret SYSTEM "%s">]>
        <annotation><object><bndbox><xmin>&secret;</xmin><ymin>1</ymin><xmax>9</xmax><ymax>9</ymax>
        </bndbox></object></annotation>
        """,
            secret.toUri()));
    checkBox("dogs", "Annotation/n01-a/n01_1:2: DOCTYPE is disallowed");
  }

  @Test
  void dogsNameTheFile() throws IOException {
    String box =
        "<annotation><object><bndbox><xmin>0</xmin><ymin>1</ymin>%s</bndbox></object></annotation>";
    writeDogs(String.format(Locale.ROOT, box, "<xmax>9</xmax><ymax>8</ymax>"));
    assertThat(read("dogs").samples())
        .containsExactly(
            new Sample(
                "n01_1", "Images/n01-a/n01_1.jpg", 0, Split.TRAIN, new BoundingBox(0, 1, 9, 7)));
    writeDogs(String.format(Locale.ROOT, box, "<xmax>9</xmax>"));
    checkBox("dogs", "Annotation/n01-a/n01_1:1: <ymax> must be a number, found ''");
    writeDogs("<annotation>");
    checkBox("dogs", "Annotation/n01-a/n01_1:1: ");
    writeDogs("<annotation/>");
    checkBox("dogs", "Annotation/n01-a/n01_1:1: no <bndbox>");
    Files.delete(temporary.resolve("Annotation/n01-a/n01_1"));
    checkBox("dogs", "train_list.mat:1: cannot find Annotation/n01-a/n01_1: unpack");
    Files.deleteIfExists(temporary.resolve("Annotation/n01-a/.n01_1.crc"));
    root.delete("Annotation");
    assertThat(read("dogs").samples().get(0).boundingBox()).isEmpty();
    writeList("lists/train_list.mat", List.of("n01-a/n01_1.jpg", "n02-b/n02_1.jpg"), 1, 1);
    checkRead("dogs", "lists/train_list.mat:2: label 1 stands for n01-a and for n02-b");
    writeList("lists/train_list.mat", List.of("n01-a/n01_1.jpg", "n02-b/n02_1.jpg"), 1, 3);
    checkRead("dogs", "list no image of class 2");
    writeList("lists/train_list.mat", List.of("n01-a/n01_1.jpg"), 1, 2);
    checkRead("dogs", "lists/train_list.mat lists 1 files but 2 labels");
    writeList("lists/train_list.mat", List.of("n01-a/n01_1.jpg", "n01-a/n01_2.jpg"), 1, 2);
    checkRead("dogs", "train_list.mat and test_list.mat give n01-a two labels");
    writeList("lists/train_list.mat", List.of("n01_1.jpg"), 1);
    checkRead("dogs", "train_list.mat:1: expected '<class folder>/<image>.jpg', found 'n01_1.jpg'");
    writeList("lists/train_list.mat", List.of("n01-a/n01_1.jpg"), 0);
    checkRead("dogs", "lists/train_list.mat:1: label 0 is below 1");
    writeList("lists/train_list.mat", List.of("../x.jpg"), 1);
    checkRead("dogs", "lists/train_list.mat:1: the path '../x.jpg' leads out");
  }

  private void writeCub() throws IOException {
    root.write("classes.txt", "1 a\n2 b\n");
    root.write("images.txt", "1 a/1.jpg\n2 b/2.jpg\n");
    root.write("image_class_labels.txt", "1 1\n2 2\n");
    root.write("train_test_split.txt", "1 1\n2 0\n");
    root.write("bounding_boxes.txt", "1 0.0 0.0 9.0 9.0\n2 0.0 0.0 9.0 9.0\n");
  }

  private void writeCars(int label, String file) throws IOException {
    Struct annotations = Mat5.newStruct(1, 1);
    setBox(annotations, 0);
    annotations.set("class", 0, MatBytes.small(label));
    annotations.set("fname", 0, Mat5.newString(file));
    write(
        "devkit/cars_meta.mat",
        MatBytes.of(Map.of("class_names", MatBytes.row(List.of("a", "b")))));
    write("devkit/cars_train_annos.mat", MatBytes.of(Map.of("annotations", annotations)));
    write("cars_test_annos_withlabels.mat", MatBytes.of(Map.of("annotations", annotations)));
  }

  /**
   * Returns the file without compression, so that damage reaches the structure behind the checksum.
   */
  private static byte[] uncompressed(byte[] mat) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(100_000);
    try (var source = Sources.wrap(ByteBuffer.wrap(mat));
        var sink = Sinks.wrap(buffer)) {
      Mat5.newWriter(sink)
          .setDeflateLevel(Deflater.NO_COMPRESSION)
          .writeMat(Mat5.newReader(source).readMat());
      return Arrays.copyOf(buffer.array(), (int) sink.position());
    }
  }

  private static void setBox(Struct annotations, int i) {
    annotations.set("bbox_x1", i, MatBytes.small(39));
    annotations.set("bbox_y1", i, MatBytes.small(116));
    annotations.set("bbox_x2", i, MatBytes.small(569));
    annotations.set("bbox_y2", i, MatBytes.small(375));
  }

  private void writeDogs(String annotation) throws IOException {
    writeList("lists/train_list.mat", List.of("n01-a/n01_1.jpg"), 1);
    writeList("lists/test_list.mat", List.of());
    root.write("Annotation/n01-a/n01_1", annotation);
  }

  private void writeList(String name, List<String> files, int... labels) throws IOException {
    Matrix matrix = Mat5.newMatrix(labels.length, 1);
    for (int i = 0; i < labels.length; i++) {
      matrix.setInt(i, labels[i]);
    }
    write(name, MatBytes.of(Map.of("file_list", MatBytes.column(files), "labels", matrix)));
  }

  private void write(String name, byte[] bytes) throws IOException {
    root.write(name, out -> out.write(bytes));
  }

  private void check(String name, String file, String text, String message) throws IOException {
    String original = root.exists(file) ? root.text(file) : null;
    root.write(file, text);
    checkRead(name, message);
    if (original == null) {
      root.delete(file);
    } else {
      root.write(file, original);
    }
  }

  private void checkRead(String name, String message) {
    assertThatThrownBy(() -> read(name))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message)
        .satisfies(
            e -> assertThat(e.getMessage()).contains(": ").doesNotContain("us.hebi", "java.lang"));
  }

  /** Checks that the only box is bad, and that its image is part of the dataset without it. */
  private void checkBox(String name, String reason) throws IOException {
    OriginalDataset dataset = read(name);
    assertThat(dataset.samples())
        .singleElement()
        .satisfies(sample -> assertThat(sample.boundingBox()).isEmpty());
    assertThat(dataset.badBoxes())
        .singleElement()
        .satisfies(box -> assertThat(box.reason()).contains(reason));
  }

  private OriginalDataset read(String name) throws IOException {
    return DatasetReader.of(name).read(root);
  }
}
