// SPDX-License-Identifier: Apache-2.0

/** Data alone, open to whoever asks the class loader for it. */
open module io.github.nanohooke.model.al {
}
