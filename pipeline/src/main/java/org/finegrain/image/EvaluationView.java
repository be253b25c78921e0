package org.finegrain.image;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.finegrain.config.EvaluationConfig.TestTimeAugmentation;

/** A view of a resized image: the square that is cut out of it, and whether it is mirrored. */
public record EvaluationView(Place place, boolean mirrored) implements Serializable {
  /** The view of an evaluation without test-time augmentation. */
  public static final EvaluationView CENTRE = new EvaluationView(Place.CENTRE, false);

  /** The place where the square is cut out. */
  public enum Place {
    CENTRE,
    TOP_LEFT,
    TOP_RIGHT,
    BOTTOM_LEFT,
    BOTTOM_RIGHT;

    CropBox box(int imageHeight, int imageWidth, int size) {
      int bottom = imageHeight - size;
      int right = imageWidth - size;
      return switch (this) {
        case CENTRE -> CropBox.centre(imageHeight, imageWidth, size, size);
        case TOP_LEFT -> new CropBox(0, 0, size, size);
        case TOP_RIGHT -> new CropBox(0, right, size, size);
        case BOTTOM_LEFT -> new CropBox(bottom, 0, size, size);
        case BOTTOM_RIGHT -> new CropBox(bottom, right, size, size);
      };
    }
  }

  /**
   * Returns the views that a test-time augmentation looks at, in a fixed order that begins with the
   * centre.
   */
  public static List<EvaluationView> of(TestTimeAugmentation augmentation) {
    return switch (augmentation) {
      case NONE -> List.of(CENTRE);
      case FLIP -> List.of(CENTRE, new EvaluationView(Place.CENTRE, true));
      case TEN_CROP -> {
        List<EvaluationView> views = new ArrayList<>();
        for (boolean mirrored : new boolean[] {false, true}) {
          for (Place place : Place.values()) {
            views.add(new EvaluationView(place, mirrored));
          }
        }
        yield List.copyOf(views);
      }
    };
  }
}
