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
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * BigDL's Scala said in Java. A type parameter {@code Object} stands where Scala has {@code Float}.
 */
public final class BigDl {
  /** The implicit arguments of nearly every constructor. */
  public static final ClassTag<Object> FLOAT = floatTag();

  public static final TensorNumeric<Object> NUMERIC = HiddenMember.FLOAT_NUMERIC.of(null);

  private BigDl() {}

  @SuppressWarnings("unchecked")
  private static ClassTag<Object> floatTag() {
    return (ClassTag<Object>) (ClassTag<?>) ClassTag$.MODULE$.Float();
  }

  public static boolean usesMklDnn() {
    return Engine$.MODULE$.getEngineType().toString().equals("MklDnn");
  }

  /** Backed by {@code data}, not a copy of it. */
  public static Tensor<Object> tensor(float[] data, int... shape) {
    return Tensor$.MODULE$.apply(data, shape, FLOAT, NUMERIC);
  }

  public static Tensor<Object> zeros(int... shape) {
    return Tensor$.MODULE$.apply(shape, FLOAT, NUMERIC);
  }

  public static Shape shape(int... sizes) {
    return Shape$.MODULE$.apply(sizes);
  }

  /** An array, which Java cannot otherwise make of a generic type. */
  @SuppressWarnings("unchecked")
  public static Tensor<Object>[] arrayOf(List<Tensor<Object>> tensors) {
    return tensors.toArray(Tensor[]::new);
  }

  /** The array behind a tensor that lies contiguously on the heap, from {@link #offset}. */
  public static float[] array(Tensor<Object> tensor) {
    if (!tensor.isContiguous()) {
      throw new IllegalArgumentException("Not contiguous: a tensor of shape " + shape(tensor));
    }
    return (float[]) tensor.storage().array();
  }

  public static int offset(Tensor<Object> tensor) {
    return tensor.storageOffset() - 1;
  }

  /** The values, row major, in an array of their own. */
  public static float[] copy(Tensor<Object> tensor) {
    Tensor<Object> contiguous = tensor.contiguous();
    int from = offset(contiguous);
    return Arrays.copyOfRange(array(contiguous), from, from + contiguous.nElement());
  }

  public static void write(float[] values, Tensor<Object> tensor) {
    System.arraycopy(values, 0, array(tensor), offset(tensor), tensor.nElement());
  }

  private static String shape(Tensor<Object> tensor) {
    return Arrays.toString(tensor.size());
  }

  public static Table table(List<Tensor<Object>> values) {
    Table table = T$.MODULE$.apply();
    for (int i = 0; i < values.size(); i++) {
      table.update(i + 1, values.get(i));
    }
    return table;
  }

  /** The tensors of an output or a gradient, one or several. */
  public static List<Tensor<Object>> tensors(Activity activity) {
    if (activity instanceof Table table) {
      return java.util.stream.IntStream.rangeClosed(1, table.length())
          .mapToObj(i -> BigDl.<Tensor<Object>>cast(table.apply(i)))
          .toList();
    }
    return List.of(BigDl.<Tensor<Object>>cast(activity));
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <X> X cast(Object value) {
    return (X) value;
  }

  public static <X> Seq<X> seq(List<X> values) {
    return JavaConverters.asScalaBuffer(values).toSeq();
  }

  /** A node of a graph, fed by {@code inputs}. */
  public static Node<AbstractModule<Activity, Activity, Object>> node(
      AbstractModule<?, ?, Object> layer,
      List<Node<AbstractModule<Activity, Activity, Object>>> inputs) {
    AbstractModule<Activity, Activity, Object> module = cast(layer);
    return module.inputs(seq(inputs));
  }
}
