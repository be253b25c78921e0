package org.finegrain.bigdl.interop;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import com.intel.analytics.bigdl.dllib.tensor.Tensor$;
import com.intel.analytics.bigdl.dllib.tensor.TensorNumericMath.TensorNumeric;
import com.intel.analytics.bigdl.dllib.utils.Engine$;
import com.intel.analytics.bigdl.dllib.utils.Node;
import com.intel.analytics.bigdl.dllib.utils.Shape;
import com.intel.analytics.bigdl.dllib.utils.Shape$;
import com.intel.analytics.bigdl.dllib.utils.T$;
import com.intel.analytics.bigdl.dllib.utils.Table;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The parts of BigDL's Scala interface that Java can call only by a detour. Where Scala has the
 * type parameter {@code Float}, Java sees {@code Object}.
 */
public final class BigDl {
  /** The type tag of float, an implicit argument of nearly every constructor. */
  public static final ClassTag<Object> FLOAT = floatTag();

  /** The arithmetic of float, the other implicit argument. */
  public static final TensorNumeric<Object> NUMERIC = HiddenMember.FLOAT_NUMERIC.of(null);

  private BigDl() {}

  @SuppressWarnings("unchecked")
  private static ClassTag<Object> floatTag() {
    return (ClassTag<Object>) (ClassTag<?>) ClassTag$.MODULE$.Float();
  }

  /** Returns whether the engine of this JVM computes with MKL-DNN. */
  public static boolean usesMklDnn() {
    return Engine$.MODULE$.getEngineType().toString().equals("MklDnn");
  }

  /** Returns a tensor that is backed by {@code data}, row major. */
  public static Tensor<Object> tensor(float[] data, int... shape) {
    return Tensor$.MODULE$.apply(data, shape, FLOAT, NUMERIC);
  }

  /** Returns a new tensor of zeros. */
  public static Tensor<Object> zeros(int... shape) {
    return Tensor$.MODULE$.apply(shape, FLOAT, NUMERIC);
  }

  /** Returns BigDL's object for a shape. */
  public static Shape shape(int... sizes) {
    return Shape$.MODULE$.apply(sizes);
  }

  /** Returns the tensors as an array. */
  @SuppressWarnings("unchecked")
  public static Tensor<Object>[] arrayOf(List<Tensor<Object>> tensors) {
    return tensors.toArray(Tensor[]::new);
  }

  /**
   * Returns the array that backs a tensor on the heap. The tensor begins at {@link #offset}.
   *
   * @throws IllegalArgumentException if the tensor is not contiguous
   */
  public static float[] array(Tensor<Object> tensor) {
    if (!tensor.isContiguous()) {
      throw new IllegalArgumentException(
          "Cannot read a tensor in place that is not contiguous: shape " + shape(tensor));
    }
    return (float[]) tensor.storage().array();
  }

  /** Returns the index of a tensor's first number in {@link #array}. */
  public static int offset(Tensor<Object> tensor) {
    return tensor.storageOffset() - 1;
  }

  /** Returns a copy of a tensor's numbers, row major. */
  public static float[] copy(Tensor<Object> tensor) {
    Tensor<Object> contiguous = tensor.contiguous();
    int from = offset(contiguous);
    return Arrays.copyOfRange(array(contiguous), from, from + contiguous.nElement());
  }

  /** Overwrites a tensor's numbers, row major. */
  public static void write(float[] values, Tensor<Object> tensor) {
    System.arraycopy(values, 0, array(tensor), offset(tensor), tensor.nElement());
  }

  private static String shape(Tensor<Object> tensor) {
    return Arrays.toString(tensor.size());
  }

  /** Returns a table of the tensors, in their order. */
  public static Table table(List<Tensor<Object>> values) {
    Table table = T$.MODULE$.apply();
    for (int i = 0; i < values.size(); i++) {
      table.update(i + 1, values.get(i));
    }
    return table;
  }

  /** Returns the tensors of an output or of a gradient, which is one tensor or a table of them. */
  public static List<Tensor<Object>> tensors(Activity activity) {
    if (activity instanceof Table table) {
      return IntStream.rangeClosed(1, table.length())
          .mapToObj(i -> BigDl.<Tensor<Object>>cast(table.apply(i)))
          .toList();
    }
    return List.of(BigDl.<Tensor<Object>>cast(activity));
  }

  /** Returns the value as the type that the caller expects, unchecked. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <X> X cast(Object value) {
    return (X) value;
  }

  /** Returns a list as a Scala sequence. */
  public static <X> Seq<X> seq(List<X> values) {
    return JavaConverters.asScalaBuffer(values).toSeq();
  }

  /** Returns a node of a graph that applies {@code layer} to {@code inputs}. */
  public static Node<AbstractModule<Activity, Activity, Object>> node(
      AbstractModule<?, ?, Object> layer,
      List<Node<AbstractModule<Activity, Activity, Object>>> inputs) {
    AbstractModule<Activity, Activity, Object> module = cast(layer);
    return module.inputs(seq(inputs));
  }
}
