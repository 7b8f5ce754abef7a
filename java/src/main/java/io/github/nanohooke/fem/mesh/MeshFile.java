// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.mesh;

import io.github.nanohooke.fem.FemException;
import java.nio.file.Path;
import java.util.Locale;

/** Meshes from files: Gmsh ({@code .msh}, text, 2.2 or 4.1), Abaqus and CalculiX ({@code .inp}, the mesh in it). */
public final class MeshFile {
    private MeshFile() {
    }

    /**
     * Reads a mesh.
     *
     * @param scale nm of a unit of length of the file
     * @throws FemException when the file cannot be read, has elements of another kind, or is no sound mesh
     */
    public static Mesh read(Path file, double scale) {
        if (!(scale > 0 && Double.isFinite(scale))) {
            throw new FemException("the scale of " + file + " must be positive, got " + scale);
        }
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".msh")) {
            return GmshMesh.read(file, scale);
        }
        if (name.endsWith(".inp")) {
            return InpMesh.read(file, scale);
        }
        throw new FemException("meshes are read from .msh (Gmsh) and .inp (Abaqus, CalculiX), not from "
                + file.getFileName());
    }
}
