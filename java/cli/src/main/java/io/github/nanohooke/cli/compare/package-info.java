// SPDX-License-Identifier: Apache-2.0
/**
 * Methods against each other.
 */
package io.github.nanohooke.cli.compare;
