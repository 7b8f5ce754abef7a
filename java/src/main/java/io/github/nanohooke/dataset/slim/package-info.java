// SPDX-License-Identifier: Apache-2.0
/**
 * What training needs of a dataset in a tenth of the room: images by an adaptive binary range coder, numbers in single
 * precision. See {@link io.github.nanohooke.dataset.slim.SlimFile} for the format.
 */
package io.github.nanohooke.dataset.slim;
