// SPDX-License-Identifier: Apache-2.0
/**
 * What the content of a dataset depends on: families of structures and how many of each ({@link
 * io.github.nanohooke.dataset.plan.StructureMix}), crystal, box, images, method ({@link
 * io.github.nanohooke.dataset.plan.DatasetPlan}), as JSON for manifests and workers; and the shares of its shards that
 * machines make.
 */
package io.github.nanohooke.dataset.plan;
