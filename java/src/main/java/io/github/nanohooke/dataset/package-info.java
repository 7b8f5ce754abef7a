// SPDX-License-Identifier: Apache-2.0
/**
 * Datasets of random structures with their elastic tensors and images: made by worker processes
 * ({@link io.github.nanohooke.dataset.DatasetFactory}), kept in immutable HDF5 shards
 * ({@link io.github.nanohooke.dataset.DatasetFolder}), merged, verified, exported, drawn, and read for training
 * ({@link io.github.nanohooke.dataset.Dataset}).
 *
 * <p>Every sample is a pure function of the {@link io.github.nanohooke.dataset.DatasetPlan} and its index. What is made
 * is therefore the same whoever makes it, in whatever order, and however often it was interrupted. Wall times are not,
 * so they are kept in files of their own.
 */
package io.github.nanohooke.dataset;
