// SPDX-License-Identifier: Apache-2.0
/** Problems as JSON, and what a run leaves behind: tables, figures, ParaView's files, states to go on from. */
package io.github.nanohooke.fem.io;
