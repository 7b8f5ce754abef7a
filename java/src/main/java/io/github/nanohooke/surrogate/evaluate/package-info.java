// SPDX-License-Identifier: Apache-2.0
/**
 * Errors of predicted constants, by constant and by porosity.
 */
package io.github.nanohooke.surrogate.evaluate;
