// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem;

/** Small meshes and a problem, for the tests of their readers. */
public final class TestMeshes {
    public static final String GMSH2 = """
            $MeshFormat
            2.2 0 8
            $EndMeshFormat
            $PhysicalNames
            2
            1 1 "fixed edge"
            2 5 "steel"
            $EndPhysicalNames
            $Comments
            anything
            $EndComments
            $Nodes
            6
            1 0 0 0
            2 2 0 0
            3 2 1 0
            4 0 1 0
            7 4 0 0
            8 4 1 0
            $EndNodes
            $Elements
            4
            1 15 2 9 1 1
            2 1 2 1 4 4 1
            3 3 2 5 1 1 2 3 4
            4 3 2 6 2 2 7 8 3
            $EndElements
            """;
    public static final String GMSH4 = """
            $MeshFormat
            4.1 0 8
            $EndMeshFormat
            $PhysicalNames
            1
            1 1 "left"
            $EndPhysicalNames
            $Entities
            0 1 1 0
            4 0 0 0 0 1 0 1 1 2 1 -4
            1 0 0 0 4 1 0 1 7 4 1 2 3 4
            $EndEntities
            $Nodes
            2 6 1 8
            1 4 0 2
            1
            4
            0 0 0
            0 1 0
            2 1 0 4
            2
            3
            7
            8
            2 0 0
            2 1 0
            4 0 0
            4 1 0
            $EndNodes
            $Elements
            2 3 1 3
            1 4 1 1
            1 1 4
            2 1 3 2
            2 1 2 3 4
            3 2 7 8 3
            $EndElements
            """;
    public static final String INP = """
            *HEADING
            two bricks
            ** a comment
            *NODE, NSET=Nall
            1, 0., 0., 0.
            2, 2., 0., 0.
            3, 2., 1., 0.
            4, 0., 1., 0.
            5, 0., 0., 3.
            6, 2., 0., 3.
            7, 2., 1., 3.
            8, 0., 1., 3.
            *ELEMENT, TYPE=C3D8I, ELSET=Body
            10, 1, 2, 3, 4,
             5, 6, 7, 8
            *NSET, NSET=FIX, GENERATE
            1, 7, 2
            *NSET, NSET=BOTH
            FIX, 2
            *MATERIAL, NAME=EL
            *ELASTIC
            210000, 0.3
            """;
    public static final String PROBLEM = """
            {"section": "plane-stress", // thin
             "mesh": {"element": "Q8", "size": [40, 10], "elements": [8, 2]},
             "points": 2,
             "nodeSets": {"tip": {"nearest": [40, 5]}, "lower": {"box": [[0, 40], [0, 0]]}},
             "elementSets": {"half": {"box": [[0, 20], [0, 10]]}, "rest": {"box": [[20, 40], [0, 10]]}},
             "materials": [
               {"law": "hencky", "elements": "half", "cubic": {"C11": 114, "C12": 62, "C44": 32},
                "orientation": [30, 0, 0]},
               {"law": "saint-venant-kirchhoff", "elements": "rest", "isotropic": {"young": 70, "poisson": 0.3}}],
             "steps": [
               {"name": "bend", "increments": 2, "displacements": [{"nodes": "left", "x": 0, "y": 0},
                                                                   {"nodes": "tip", "y": -2}]},
               {"forces": [{"nodes": "tip", "x": 1}], "tractions": [{"nodes": "lower", "y": -0.01}]}],
             "solver": {"tolerance": 1e-8}}
            """;

    private TestMeshes() {
    }
}
