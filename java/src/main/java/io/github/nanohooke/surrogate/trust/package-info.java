// SPDX-License-Identifier: Apache-2.0
/**
 * How far predictions may be off: calibrated by samples that a network has not learnt from.
 */
package io.github.nanohooke.surrogate.trust;
