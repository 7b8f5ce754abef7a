// SPDX-License-Identifier: Apache-2.0
/**
 * The files of a dataset. {@link io.github.nanohooke.dataset.store.DatasetFolder} knows where they are and what is
 * missing; {@link io.github.nanohooke.dataset.store.ShardJournal} takes samples one by one until a shard is complete;
 * {@link io.github.nanohooke.dataset.store.Dataset} reads columns from shards, a merged file or a slim one;
 * {@link io.github.nanohooke.dataset.store.DatasetMerge}, {@link io.github.nanohooke.dataset.store.DatasetExport} and
 * {@link io.github.nanohooke.dataset.store.SlimExport} write whole datasets;
 * {@link io.github.nanohooke.dataset.store.DatasetCheck} compares files with checksums, plan and each other. What
 * columns there are and how tables lie in HDF5 is known here alone.
 */
package io.github.nanohooke.dataset.store;
