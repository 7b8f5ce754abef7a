// SPDX-License-Identifier: Apache-2.0
/**
 * The network as a constitutive law: from the binary image of a periodic cell to the thirteen elastic constants in
 * GPa. Rooms: what it learns from ({@code data}), what it is ({@code model}), how good it is ({@code evaluate}), its
 * use ({@code predict}), how it came to be ({@code train}), and other programs' form of it ({@code onnx}).
 */
package io.github.nanohooke.surrogate;
