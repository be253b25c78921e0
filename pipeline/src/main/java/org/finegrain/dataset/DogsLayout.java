package org.finegrain.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.finegrain.storage.Folder;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Matrix;

/**
 * The writer of a synthetic Stanford Dogs dataset: Images/, Annotation/ and lists/ as {@link
 * DogsReader} describes them.
 */
final class DogsLayout implements SyntheticLayout {
  @Override
  public void write(Folder folder, SyntheticPlan plan) throws IOException {
    for (SyntheticPlan.Image image : plan.images()) {
      SyntheticPicture picture = plan.draw(image, Silhouette.DOG);
      byte[] jpeg = picture.jpeg();
      folder.write("Images/" + stem(plan, image) + ".jpg", out -> out.write(jpeg));
      folder.write("Annotation/" + stem(plan, image), annotation(plan, image, picture));
    }
    writeList(folder, "file_list", plan, plan.images());
    writeList(folder, "train_list", plan, plan.images(Split.TRAIN));
    writeList(folder, "test_list", plan, plan.images(Split.TEST));
  }

  private static void writeList(
      Folder folder, String name, SyntheticPlan plan, List<SyntheticPlan.Image> images)
      throws IOException {
    List<String> files = new ArrayList<>();
    List<String> annotations = new ArrayList<>();
    Matrix labels = Mat5.newMatrix(images.size(), 1);
    for (int i = 0; i < images.size(); i++) {
      annotations.add(stem(plan, images.get(i)));
      files.add(stem(plan, images.get(i)) + ".jpg");
      labels.setInt(i, images.get(i).kind() + 1); // labels count from 1
    }
    Map<String, Array> variables = new LinkedHashMap<>();
    variables.put("file_list", MatBytes.column(files));
    variables.put("annotation_list", MatBytes.column(annotations));
    variables.put("labels", labels);
    byte[] mat = MatBytes.of(variables);
    folder.write("lists/" + name + ".mat", out -> out.write(mat));
  }

  private static String annotation(
      SyntheticPlan plan, SyntheticPlan.Image image, SyntheticPicture picture) {
    BoundingBox box = picture.box();
    return String.format(
        Locale.ROOT,
        """
        <annotation>
        	<folder>%s</folder>
        	<filename>%s</filename>
        	<source>
        		<database>drawn by finegrain</database>
        	</source>
        	<size>
        		<width>%d</width>
        		<height>%d</height>
        		<depth>3</depth>
        	</size>
        	<segment>0</segment>
        	<object>
        		<name>%s</name>
        		<pose>Unspecified</pose>
        		<truncated>0</truncated>
        		<difficult>0</difficult>
        		<bndbox>
        			<xmin>%d</xmin>
        			<ymin>%d</ymin>
        			<xmax>%d</xmax>
        			<ymax>%d</ymax>
        		</bndbox>
        	</object>
        </annotation>
        """,
        wordNetId(image).substring(1),
        id(image),
        picture.image().getWidth(),
        picture.image().getHeight(),
        breed(plan, image),
        (int) box.left(),
        (int) box.top(),
        (int) (box.left() + box.width()),
        (int) (box.top() + box.height()));
  }

  private static String stem(SyntheticPlan plan, SyntheticPlan.Image image) {
    return String.format(Locale.ROOT, "%s-%s/%s", wordNetId(image), breed(plan, image), id(image));
  }

  private static String breed(SyntheticPlan plan, SyntheticPlan.Image image) {
    return plan.kind(image.kind()).name().toLowerCase(Locale.ROOT).replace(' ', '_') + "_hound";
  }

  private static String wordNetId(SyntheticPlan.Image image) {
    return String.format(Locale.ROOT, "n%08d", 2_080_000 + 7 * image.kind());
  }

  private static String id(SyntheticPlan.Image image) {
    return wordNetId(image) + "_" + (31 * image.serial());
  }
}
