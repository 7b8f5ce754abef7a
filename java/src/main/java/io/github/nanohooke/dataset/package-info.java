// SPDX-License-Identifier: Apache-2.0
/**
 * Datasets of random structures with their elastic tensors and images. What everything about them speaks of is here: a
 * {@link io.github.nanohooke.dataset.Sample}, what became of it, its part. Then, each knowing those before it:
 * {@link io.github.nanohooke.dataset.plan}, what a dataset depends on; {@link io.github.nanohooke.dataset.slim}, what
 * training needs of one in a tenth of the room; {@link io.github.nanohooke.dataset.store}, its files: journals, shards,
 * merged and exported; {@link io.github.nanohooke.dataset.run}, its making by worker processes;
 * {@link io.github.nanohooke.dataset.report}, its statistics and verification.
 *
 * <p>Every sample is a pure function of the {@link io.github.nanohooke.dataset.plan.DatasetPlan} and its index. What is
 * made is therefore the same whoever makes it, in whatever order, and however often it was interrupted. Wall times are
 * not, so they are kept in files of their own.
 */
package io.github.nanohooke.dataset;
