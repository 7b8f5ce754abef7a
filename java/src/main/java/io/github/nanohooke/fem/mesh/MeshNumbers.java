// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.mesh;

import java.util.function.IntFunction;

/**
 * How complaints about a mesh call its nodes and elements: as the user does who has to mend it.
 *
 * @param node    by its place in the mesh
 * @param element by its place in the mesh
 */
record MeshNumbers(IntFunction<String> node, IntFunction<String> element) {
    /** Of meshes that no file has numbered. */
    static final MeshNumbers COUNTED = new MeshNumbers(node -> node + " (counted from 0)",
            element -> element + " (counted from 0)");
}
