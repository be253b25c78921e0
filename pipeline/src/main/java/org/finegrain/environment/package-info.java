/**
 * Describes the process that asks: finegrain's build, the machine, and whether a signal is ending
 * the process.
 *
 * <p>Start at {@link org.finegrain.environment.Machine} and {@link
 * org.finegrain.environment.Build}. The package knows the JDK alone.
 *
 * <p>Promise: a value describes the process that asks for it, never another one. {@link
 * org.finegrain.environment.MachineKind} alone is what another process has noted.
 */
package org.finegrain.environment;
