// SPDX-License-Identifier: Apache-2.0
/**
 * Datasets: made, watched, merged, verified, exported, sent to clusters.
 */
package io.github.nanohooke.cli.dataset;
