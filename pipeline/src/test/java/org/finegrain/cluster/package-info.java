/**
 * Clusters that tests start for real. Start at {@link org.finegrain.cluster.StandaloneCluster}.
 *
 * <p>Promise: closing one ends every process it started, executors included.
 */
package org.finegrain.cluster;
