// SPDX-License-Identifier: Apache-2.0
/**
 * What is in a dataset: {@link io.github.nanohooke.dataset.report.DatasetStatistics} in numbers,
 * {@link io.github.nanohooke.dataset.report.FailureSummary} where it came to nothing, and
 * {@link io.github.nanohooke.dataset.report.DatasetVerification} whether it is what it says it is.
 */
package io.github.nanohooke.dataset.report;
