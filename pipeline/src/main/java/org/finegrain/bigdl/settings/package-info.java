/**
 * The settings that the engine needs in order to compute, and to give the same bits again: the
 * options of each JVM, the executors in Spark's configuration, and the native libraries. The engine
 * checks them when it starts; {@code doctor} checks them earlier.
 *
 * <p>Start at {@link org.finegrain.bigdl.settings.EngineOptions}.
 */
package org.finegrain.bigdl.settings;
