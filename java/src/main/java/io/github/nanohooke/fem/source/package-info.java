// SPDX-License-Identifier: Apache-2.0
/** Where the elastic tensor of a structure comes from: molecular statics or the network. */
package io.github.nanohooke.fem.source;
