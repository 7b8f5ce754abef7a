// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.file;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.JsonFields;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Polygon;
import io.github.nanohooke.structure.Pore;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.structure.StructureException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Structures as JSON, for example
 *
 * <pre>{@code
 * {"latticeConstant": 4.05, "cells": [20, 20, 3], "pores": [
 *   {"shape": "circle", "center": [40.5, 40.5], "radius": 10.0},
 *   {"shape": "rectangle", "x": [8.1, 20.0], "y": [8.1, 30.0]},
 *   {"shape": "polygon", "vertices": [[10, 50], [30, 52], [18, 70]]}]}
 * }</pre>
 *
 * Lengths in Å. Every field of the file may be left out: the defaults are the paper's box, {@code "element": "Al"},
 * {@code "lattice": "fcc"}, 4.05 Å, 20 x 20 x 3 cells, no pores. Another element or lattice needs its lattice constant.
 * Unknown fields are refused.
 */
public final class StructureFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StructureFile() {
    }

    /**
     * @throws StructureException naming the file and the line and column or the path of the value, when the file is
     *                            missing, is no JSON or makes no structure
     */
    public static PorousStructure read(Path file) {
        try (TextLines lines = TextLines.open(file)) {
            return parse(lines.rest(), file.toString());
        }
    }

    /**
     * @param json   the text
     * @param source where it is from, for messages
     * @throws StructureException as for {@link #read}
     */
    public static PorousStructure parse(String json, String source) {
        JsonFields root = JsonFields.parse(json, source, StructureException::new);
        root.allow("element", "lattice", "latticeConstant", "cells", "pores");
        Lattice lattice = lattice(root);
        int[] counts = root.has("cells") ? root.wholes("cells", 3) : new int[] {20, 20, 3};
        List<Pore> pores = pores(root);
        Cells cells = root.build("cells", () -> new Cells(counts[0], counts[1], counts[2]));
        return root.build("", () -> new PorousStructure(lattice, cells, pores));
    }

    /** The field {@code pores} of an object that may have others; none where it is missing. */
    public static List<Pore> pores(JsonFields fields) {
        List<Pore> pores = new ArrayList<>();
        fields.objects("pores").forEach(pore -> pores.add(pore(pore)));
        return pores;
    }

    /** @throws io.github.nanohooke.io.FileWriteException when it cannot be written */
    public static void write(Path file, PorousStructure structure) {
        AtomicFile.writeText(file, out -> out.append(toJson(structure)).append('\n'));
    }

    /** The text that {@link #parse} makes an equal structure of. */
    public static String toJson(PorousStructure structure) {
        ObjectNode root = JSON.createObjectNode();
        root.put("element", structure.lattice().element());
        root.put("lattice", structure.lattice().kind().label());
        root.put("latticeConstant", structure.lattice().constant());
        Cells cells = structure.cells();
        root.putArray("cells").add(cells.x()).add(cells.y()).add(cells.z());
        ArrayNode pores = root.putArray("pores");
        for (Pore pore : structure.pores()) {
            ObjectNode node = pores.addObject();
            if (pore instanceof Circle c) {
                node.put("shape", "circle");
                node.putArray("center").add(c.cx()).add(c.cy());
                node.put("radius", c.radius());
            } else if (pore instanceof Rectangle r) {
                node.put("shape", "rectangle");
                node.putArray("x").add(r.xmin()).add(r.xmax());
                node.putArray("y").add(r.ymin()).add(r.ymax());
            } else if (pore instanceof Polygon p) {
                node.put("shape", "polygon");
                ArrayNode vertices = node.putArray("vertices");
                p.vertices().forEach(v -> vertices.addArray().add(v.x()).add(v.y()));
            }
        }
        return root.toPrettyString();
    }

    private static Lattice lattice(JsonFields root) {
        Lattice standard = Lattice.aluminium();
        String element = root.has("element") ? root.text("element") : standard.element();
        Lattice.Kind kind = root.has("lattice") ? kind(root) : standard.kind();
        if (!root.has("latticeConstant") && !(element.equals(standard.element()) && kind == standard.kind())) {
            throw root.error("latticeConstant", "is missing; only fcc Al has a default (" + standard.constant()
                    + " Å), give it for " + kind.label() + " " + element);
        }
        double constant = root.has("latticeConstant") ? root.number("latticeConstant") : standard.constant();
        return root.build("", () -> new Lattice(element, kind, constant));
    }

    private static Lattice.Kind kind(JsonFields root) {
        String name = root.text("lattice");
        return Arrays.stream(Lattice.Kind.values()).filter(k -> k.label().equals(name)).findFirst()
                .orElseThrow(() -> root.error("lattice", "unknown lattice \"" + name + "\"; known: "
                        + Arrays.stream(Lattice.Kind.values()).map(Lattice.Kind::label)
                                .collect(Collectors.joining(", "))));
    }

    private static Pore pore(JsonFields fields) {
        String shape = fields.text("shape");
        return switch (shape) {
            case "circle" -> {
                fields.allow("shape", "center", "radius");
                double[] center = fields.numbers("center", 2);
                double radius = fields.number("radius");
                yield fields.build("", () -> new Circle(center[0], center[1], radius));
            }
            case "rectangle" -> {
                fields.allow("shape", "x", "y");
                double[] x = fields.numbers("x", 2);
                double[] y = fields.numbers("y", 2);
                yield fields.build("", () -> new Rectangle(x[0], x[1], y[0], y[1]));
            }
            case "polygon" -> {
                fields.allow("shape", "vertices");
                List<double[]> vertices = fields.rows("vertices", 2);
                yield fields.build("", () -> Polygon.of(vertices));
            }
            default -> throw fields.error("shape", "unknown shape \"" + shape
                    + "\"; known: circle, rectangle, polygon");
        };
    }
}
