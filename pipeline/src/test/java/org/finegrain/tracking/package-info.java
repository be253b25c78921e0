/** Tests of the tracker, and the real programs that they need. */
package org.finegrain.tracking;
