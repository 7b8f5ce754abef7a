// SPDX-License-Identifier: Apache-2.0
/** Files: whole or not at all, with errors that say what is wrong and where. */
package io.github.nanohooke.io;
