/**
 * Runs kernels on accelerators, through TornadoVM in a process of its own: {@code GpuEngine} for
 * hosts, {@code Worker} is what that process runs. The two share columns in a mapped file.
 */
@NullMarked
package org.rewlang.gpu;

import org.jspecify.annotations.NullMarked;
