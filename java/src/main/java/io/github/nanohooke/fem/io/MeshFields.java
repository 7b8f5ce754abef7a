// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.io;

import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.MeshFile;
import io.github.nanohooke.fem.mesh.StructuredMesh;
import io.github.nanohooke.io.JsonFields;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The fields {@code mesh}, {@code nodeSets} and {@code elementSets} of a problem. */
final class MeshFields {
    private final Path folder;

    MeshFields(Path folder) {
        this.folder = folder;
    }

    Mesh read(JsonFields root) {
        JsonFields fields = root.object("mesh");
        Mesh mesh = fields.has("file") ? file(fields) : generated(fields);
        for (Map.Entry<String, JsonFields> set : root.named("nodeSets").entrySet()) {
            Mesh before = mesh;
            requireNew(root, "nodeSets." + set.getKey(), before.nodeSets().containsKey(set.getKey()));
            int[] members = nodes(before, set.getValue());
            mesh = root.build("nodeSets." + set.getKey(), () -> before.withNodeSet(set.getKey(), members));
        }
        for (Map.Entry<String, JsonFields> set : root.named("elementSets").entrySet()) {
            Mesh before = mesh;
            requireNew(root, "elementSets." + set.getKey(), before.elementSets().containsKey(set.getKey()));
            set.getValue().allow("box");
            double[][] box = box(set.getValue(), mesh.dimension());
            int[] members = IntStream.range(0, before.elements()).filter(e -> inside(before, e, box)).toArray();
            mesh = root.build("elementSets." + set.getKey(), () -> before.withElementSet(set.getKey(), members));
        }
        return mesh;
    }

    /** Nothing is replaced silently. */
    private static void requireNew(JsonFields root, String name, boolean known) {
        if (known) {
            throw root.error(name, "the mesh has a set of that name already; choose another name");
        }
    }

    private static double[][] box(JsonFields fields, int dimension) {
        double[][] box = fields.table("box", dimension, 2);
        for (double[] range : box) {
            if (range[0] > range[1]) {
                throw fields.error("box", "goes from " + range[0] + " to " + range[1]
                        + "; the smaller coordinate comes first");
            }
        }
        return box;
    }

    private Mesh file(JsonFields fields) {
        fields.allow("file", "scale");
        return fields.build("file", () -> MeshFile.read(folder.resolve(fields.text("file")),
                fields.number("scale", 1)));
    }

    private static Mesh generated(JsonFields fields) {
        fields.allow("element", "size", "elements", "grading");
        List<String> names = Arrays.stream(ElementType.values()).map(ElementType::name).toList();
        ElementType type = ElementType.valueOf(fields.choice("element", names));
        double[] size = fields.numbers("size", type.dimension());
        int[] elements = fields.wholes("elements", -1);
        double[] grading = fields.has("grading") ? fields.numbers("grading", type.dimension())
                : new double[type.dimension()];
        return fields.build("", () -> StructuredMesh.of(type, size, elements, grading));
    }

    private static int[] nodes(Mesh mesh, JsonFields fields) {
        fields.allow("box", "nearest");
        int n = mesh.dimension();
        if (fields.has("nearest") && fields.has("box")) {
            throw fields.error("", "has both box and nearest; give the one that names its nodes");
        }
        if (fields.has("nearest")) {
            double[] place = fields.numbers("nearest", n);
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int node = 0; node < mesh.nodes(); node++) {
                double distance = 0;
                for (int i = 0; i < n; i++) {
                    distance += Math.pow(mesh.coordinate(node, i) - place[i], 2);
                }
                if (distance < least) {
                    least = distance;
                    best = node;
                }
            }
            return new int[] {best};
        }
        double[][] box = box(fields, n);
        double slack = 0;
        for (int i = 0; i < n; i++) {
            slack = Math.max(slack, 1e-9 * (mesh.extent(i)[1] - mesh.extent(i)[0]));
        }
        double margin = slack;
        IntPredicate within = node -> IntStream.range(0, n).allMatch(i ->
                mesh.coordinate(node, i) >= box[i][0] - margin && mesh.coordinate(node, i) <= box[i][1] + margin);
        return IntStream.range(0, mesh.nodes()).filter(within).toArray();
    }

    private static boolean inside(Mesh mesh, int element, double[][] box) {
        int[] nodes = mesh.element(element);
        for (int i = 0; i < box.length; i++) {
            int axis = i;
            double centre = Arrays.stream(nodes).mapToDouble(node -> mesh.coordinate(node, axis)).average().orElse(0);
            if (centre < box[i][0] || centre > box[i][1]) {
                return false;
            }
        }
        return true;
    }
}
