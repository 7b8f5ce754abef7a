// SPDX-License-Identifier: Apache-2.0
/**
 * The labels of datasets beside what they would be had they been made differently ({@link
 * io.github.nanohooke.comparison.labels.LabelComparison}), which no network that sees the structure can know, and how
 * far a network is from them ({@link io.github.nanohooke.comparison.labels.LabelSummary}).
 */
package io.github.nanohooke.comparison.labels;
