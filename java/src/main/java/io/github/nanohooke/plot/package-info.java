// SPDX-License-Identifier: Apache-2.0
/**
 * Pictures for people, as PNG files drawn with Java2D: no window and no display is needed. A program that runs where
 * {@code DISPLAY} names a display that is not there must start with {@code -Djava.awt.headless=true}, since Java looks
 * for the display otherwise.
 */
package io.github.nanohooke.plot;
