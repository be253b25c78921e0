/**
 * BigDL's and Spark's Scala, said in Java, and the ways in which the engine's threads wait and run.
 * Everything that needs an implicit argument, a Scala collection or a member that Java cannot name
 * is wrapped here once.
 *
 * <p>Start at {@link org.finegrain.bigdl.interop.BigDl}. This package knows no network, no loss and
 * no training.
 */
package org.finegrain.bigdl.interop;
