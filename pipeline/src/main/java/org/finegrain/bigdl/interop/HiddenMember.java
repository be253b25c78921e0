package org.finegrain.bigdl.interop;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.utils.Node;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.finegrain.environment.Build;

/**
 * A member of BigDL that finegrain uses by reflection, because Java cannot write its name or
 * because it is private. Other versions of BigDL may lack it, so all members are looked up when the
 * engine starts.
 */
public enum HiddenMember {
  /** The arithmetic of 32-bit numbers: a Scala object with a {@code $} inside its name. */
  FLOAT_NUMERIC("tensor.TensorNumericMath$TensorNumeric$NumericFloat$"),

  /** The threads for replicas; {@code default} is a word that Java reserves. */
  ENGINE_DEFAULT("utils.Engine$", "default"),

  /** The native memory of a parameter; {@code native} is a word that Java reserves. */
  TENSOR_NATIVE("nn.mkldnn.TensorMMap", "native"),

  /** The conversions between memory formats that a convolution does. */
  CONVOLUTION_REORDERS("nn.mkldnn.SpatialConvolution", "reorderManager"),

  /** The nodes in the order of a forward pass. */
  FORWARD_EXECUTION("nn.mkldnn.DnnGraph", "forwardExecution"),

  /** The nodes in the order of a backward pass; the last one only ends the walk. */
  BACKWARD_EXECUTION("nn.mkldnn.DnnGraph", "backwardExecution"),

  /** The inputs of the last forward pass, by the number of the node in the forward order. */
  INPUT_CACHE("nn.mkldnn.DnnGraph", "inputCache"),

  /** The number of a node in the forward order, by its number in the backward order. */
  BACK_ID_TO_FORWARD_ID("nn.mkldnn.DnnGraph", "backId2ForwardId"),

  /** The gradient of a node's output, in the format that the node wants. */
  FIND_GRADIENT(
      "nn.mkldnn.DnnGraph", "findDnnGradOutput", Node.class, Activity.class, boolean.class);

  private static final String PACKAGE = "com.intel.analytics.bigdl.dllib.";

  private final String name;

  @SuppressWarnings("ImmutableEnumChecker") // never changed once it is accessible
  private final Optional<AccessibleObject> member;

  HiddenMember(String scalaObject) {
    name = scalaObject;
    member = find(() -> Class.forName(PACKAGE + scalaObject).getField("MODULE$"));
  }

  HiddenMember(String owner, String method, Class<?>... parameters) {
    name = owner + "." + method;
    member = find(() -> Class.forName(PACKAGE + owner).getDeclaredMethod(method, parameters));
  }

  /** Looks a member up. */
  private interface Lookup {
    AccessibleObject find() throws ReflectiveOperationException;
  }

  private static Optional<AccessibleObject> find(Lookup lookup) {
    try {
      AccessibleObject found = lookup.find();
      found.setAccessible(true);
      return Optional.of(found);
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.empty();
    }
  }

  /** Returns what to do about the first member that this BigDL lacks; empty if it has all. */
  public static Optional<String> fault() {
    return Stream.of(values())
        .filter(hidden -> hidden.member.isEmpty())
        .findFirst()
        .map(HiddenMember::missing);
  }

  private String missing() {
    return String.format(
        Locale.ROOT,
        "Cannot use the BigDL on the class path, which has no %s: finegrain needs BigDL %s; remove"
            + " other versions from spark.jars and from Spark's folder jars",
        name,
        Build.current().bigdl());
  }

  /**
   * Calls the method or reads the field, and returns the result.
   *
   * @param owner the object that has the member; null for a Scala object
   * @throws IllegalStateException if this BigDL lacks it, or the call fails
   */
  @SuppressWarnings("TypeParameterUnusedInFormals")
  public <X> X of(Object owner, Object... arguments) {
    AccessibleObject found = member.orElseThrow(() -> new IllegalStateException(missing()));
    try {
      return BigDl.cast(
          found instanceof Field field
              ? field.get(owner)
              : ((Method) found).invoke(owner, arguments));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("Cannot access " + name, e);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("Cannot call " + name + ": " + e.getCause(), e.getCause());
    }
  }
}
