/**
 * The executors of an application, taken in groups. A training and its scoring know the executors
 * of their group alone: their tasks run there, and they wait for no other.
 *
 * <p>Start at {@link org.finegrain.bigdl.group.ExecutorGroup}. A training takes its {@link
 * org.finegrain.bigdl.group.Members} once, and begins again with others when one of them is lost.
 */
package org.finegrain.bigdl.group;
