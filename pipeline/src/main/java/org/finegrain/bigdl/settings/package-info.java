/**
 * The settings without which the engine cannot compute or cannot repeat its bits: the options of a
 * JVM, the executors that Spark's configuration promises, and the native libraries that must load.
 * The engine checks them when it starts, and {@code doctor} checks them before.
 *
 * <p>Start at {@link org.finegrain.bigdl.settings.EngineOptions}.
 */
package org.finegrain.bigdl.settings;
