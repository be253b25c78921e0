/**
 * Access to BigDL and Spark from Java: their Scala interfaces, and the ways in which threads wait
 * and run. Whatever needs an implicit argument, a Scala collection, or a member that Java cannot
 * name is wrapped here once.
 *
 * <p>Start at {@link org.finegrain.bigdl.interop.BigDl}. This package knows no network, no loss and
 * no training.
 */
package org.finegrain.bigdl.interop;
