package org.finegrain.memory;

import java.lang.reflect.Constructor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Buffers over memory that native code has allocated, which must stay allocated as long as they are
 * used. They are made by the constructor that native code has for it; java.nio is open to Spark
 * anyway.
 */
public final class NativeBuffers {
  private static final Constructor<?> CONSTRUCTOR = constructor();

  private NativeBuffers() {}

  /** In the processor's byte order. */
  public static ByteBuffer at(long address, int bytes) {
    try {
      return ((ByteBuffer) CONSTRUCTOR.newInstance(address, bytes)).order(ByteOrder.nativeOrder());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Cannot make a buffer over native memory", e);
    }
  }

  private static Constructor<?> constructor() {
    try {
      Constructor<?> constructor =
          Class.forName("java.nio.DirectByteBuffer").getDeclaredConstructor(long.class, int.class);
      constructor.setAccessible(true);
      return constructor;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("This JVM makes no buffers over native memory", e);
    }
  }
}
