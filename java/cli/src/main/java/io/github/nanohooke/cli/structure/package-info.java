// SPDX-License-Identifier: Apache-2.0
/**
 * Structures and images that users name: read, made, drawn.
 */
package io.github.nanohooke.cli.structure;
