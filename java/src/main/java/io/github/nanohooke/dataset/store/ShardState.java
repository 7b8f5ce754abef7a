// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

/** What the file of a shard is worth by the checksum beside it. */
public enum ShardState {
    /** There is no file. */
    MISSING,
    /** The file is what was written. */
    WHOLE,
    /** The file is another than was written, or without its checksum. */
    DAMAGED
}
