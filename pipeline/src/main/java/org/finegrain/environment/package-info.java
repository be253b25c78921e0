/**
 * What a process is, where it runs and whether it is being ended: finegrain's build, the machine
 * and signals. Depends on no other package. Promise: a value here describes the process that asks.
 */
package org.finegrain.environment;
