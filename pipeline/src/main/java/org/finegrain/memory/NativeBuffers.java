package org.finegrain.memory;

import java.lang.reflect.Constructor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Buffers over memory that native code has allocated. The memory must stay allocated as long as a
 * buffer over it is used.
 *
 * <p>The buffers are made by the JDK's own constructor for native code. The package java.nio, which
 * holds it, must be open for Spark anyway.
 */
public final class NativeBuffers {
  private static final Constructor<?> CONSTRUCTOR = constructor();

  private NativeBuffers() {}

  /**
   * Returns a buffer over {@code bytes} bytes from {@code address} on, in the processor's byte
   * order.
   *
   * @throws LinkageError if the JVM cannot make one
   */
  public static ByteBuffer at(long address, int bytes) {
    try {
      return ((ByteBuffer) CONSTRUCTOR.newInstance(address, bytes)).order(ByteOrder.nativeOrder());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Cannot make a buffer over native memory at address " + address, e);
    }
  }

  private static Constructor<?> constructor() {
    try {
      Constructor<?> constructor =
          Class.forName("java.nio.DirectByteBuffer").getDeclaredConstructor(long.class, int.class);
      constructor.setAccessible(true);
      return constructor;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(
          "Cannot make buffers over native memory: start the JVM with"
              + " --add-opens=java.base/java.nio=ALL-UNNAMED",
          e);
    }
  }
}
