// SPDX-License-Identifier: Apache-2.0
/**
 * Charts of lines, markers with error bars and clouds of dots: data first, then PNG, SVG and CSV of the same.
 */
package io.github.nanohooke.figures.chart;
