/**
 * Shows memory that a native library has allocated to Java as buffers.
 *
 * <p>Start at {@link org.finegrain.memory.NativeBuffers}. The package knows the JDK alone.
 *
 * <p>Promise: a buffer copies nothing and frees nothing. Whoever allocated the memory keeps it.
 */
package org.finegrain.memory;
