// SPDX-License-Identifier: Apache-2.0
/**
 * A first look at all of it.
 */
package io.github.nanohooke.cli.demo;
