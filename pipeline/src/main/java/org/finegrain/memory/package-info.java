/**
 * Native memory of other libraries, seen from Java. Start at {@link
 * org.finegrain.memory.NativeBuffers}. Depends on nothing but the JDK.
 */
package org.finegrain.memory;
