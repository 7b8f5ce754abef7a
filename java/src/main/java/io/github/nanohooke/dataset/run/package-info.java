// SPDX-License-Identifier: Apache-2.0
/**
 * Makes datasets: {@link io.github.nanohooke.dataset.run.DatasetFactory} hands the samples that are missing to worker
 * processes, one a core, each of which a crash costs one sample at most;
 * {@link io.github.nanohooke.dataset.run.SlurmScript} writes job scripts that share the work out.
 */
package io.github.nanohooke.dataset.run;
