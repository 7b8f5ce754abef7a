// SPDX-License-Identifier: Apache-2.0
/** The law of a cell of atoms as a table: relaxed once at some thousand strains, smooth in between, kept in a file. */
package io.github.nanohooke.fem.table;
