// SPDX-License-Identifier: Apache-2.0
/** The nanoporous beam of the paper's Fig. 7. */
package io.github.nanohooke.fem.beam;
