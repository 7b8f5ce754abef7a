// SPDX-License-Identifier: Apache-2.0
/** The sources of tensors that users name, and what is kept of thousands of structures. */
package io.github.nanohooke.fem.source;
