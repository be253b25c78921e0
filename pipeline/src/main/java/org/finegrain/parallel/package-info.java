/**
 * Runs the loops of the numeric kernels on several threads of one machine.
 *
 * <p>Start at {@link org.finegrain.parallel.ParallelLoop}. The package knows the JDK alone, and no
 * engine: whoever starts the kernels hands it the number of threads.
 *
 * <p>Promise: the result of a loop does not depend on the number of threads, as long as each
 * iteration writes to elements of its own.
 */
package org.finegrain.parallel;
