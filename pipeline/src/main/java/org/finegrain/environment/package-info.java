/**
 * What a process is and where it runs: finegrain's build and the machine. Depends on nothing.
 * Promise: a value here describes the process that asks.
 */
package org.finegrain.environment;
