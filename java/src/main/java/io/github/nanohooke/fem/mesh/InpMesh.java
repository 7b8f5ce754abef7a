// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.mesh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mesh in an input file of Abaqus or CalculiX: *NODE, *ELEMENT, *NSET and *ELSET (with GENERATE). Other keywords
 * are left out, which the log says. Names of sets are in capitals, as these programs see them.
 */
final class InpMesh {
    private static final Logger LOG = LoggerFactory.getLogger(InpMesh.class);

    private final MeshLines lines;
    private final MeshCollector mesh;
    private final Set<String> leftOut = new TreeSet<>();

    private InpMesh(Path file, double scale) {
        lines = new MeshLines(file);
        mesh = new MeshCollector(lines.source(), scale);
    }

    static Mesh read(Path file, double scale) {
        return new InpMesh(file, scale).read();
    }

    private Mesh read() {
        while (lines.hasNext()) {
            String line = lines.next();
            if (!line.startsWith("*") || line.startsWith("**")) {
                continue;
            }
            String[] parts = line.toUpperCase(Locale.ROOT).split(",");
            Map<String, String> options = new HashMap<>();
            for (int k = 1; k < parts.length; k++) {
                String[] pair = parts[k].split("=", 2);
                options.put(pair[0].strip(), pair.length > 1 ? pair[1].strip() : "");
            }
            switch (parts[0].strip()) {
                case "*NODE" -> nodes(options);
                case "*ELEMENT" -> elements(options);
                case "*NSET" -> set(options, "NSET", true);
                case "*ELSET" -> set(options, "ELSET", false);
                case "*INCLUDE" -> throw lines.error("*INCLUDE is not followed; put the mesh into one file");
                default -> leftOut.add(parts[0].strip());
            }
        }
        if (!leftOut.isEmpty()) {
            LOG.info("{}: only its mesh is read, not {}", lines.source(), String.join(", ", leftOut));
        }
        return mesh.build();
    }

    private boolean isData() {
        return lines.hasNext() && (!lines.peek().startsWith("*") || lines.peek().startsWith("**"));
    }

    /** The fields of the next line of data, empty ones left out; none for a comment. */
    private List<String> fields() {
        String line = lines.next();
        List<String> fields = new ArrayList<>();
        if (!line.startsWith("**")) {
            for (String field : line.split(",")) {
                if (!field.isBlank()) {
                    fields.add(field.strip());
                }
            }
        }
        return fields;
    }

    private void nodes(Map<String, String> options) {
        while (isData()) {
            List<String> fields = fields();
            if (fields.isEmpty()) {
                continue;
            }
            if (fields.size() < 3) {
                throw lines.error("a node has a number and two or three coordinates");
            }
            long number = lines.whole(fields.get(0));
            mesh.node(number, lines.real(fields.get(1)), lines.real(fields.get(2)),
                    fields.size() > 3 ? lines.real(fields.get(3)) : 0);
            if (options.containsKey("NSET")) {
                mesh.nodeSet(options.get("NSET")).add(number);
            }
        }
    }

    private void elements(Map<String, String> options) {
        String name = options.getOrDefault("TYPE", "");
        ElementType type = type(name);
        List<String> open = new ArrayList<>();
        while (isData()) {
            open.addAll(fields());
            if (open.size() > type.nodes()) {
                if (open.size() != type.nodes() + 1) {
                    throw lines.error("an element " + name + " has " + type.nodes() + " nodes, this one "
                            + (open.size() - 1));
                }
                long[] nodes = open.subList(1, open.size()).stream().mapToLong(lines::whole).toArray();
                long number = lines.whole(open.get(0));
                mesh.element(number, type, nodes);
                if (options.containsKey("ELSET")) {
                    mesh.elementSet(options.get("ELSET")).add(number);
                }
                open.clear();
            }
        }
        if (!open.isEmpty()) {
            throw lines.error("element " + open.get(0) + " has fewer than " + type.nodes() + " nodes");
        }
    }

    private ElementType type(String name) {
        if (name.matches("C3D20[A-Z]*")) {
            return ElementType.H20;
        }
        if (name.matches("C3D8[A-Z]*")) {
            return ElementType.H8;
        }
        if (name.matches("CP[ES]8[A-Z]*")) {
            return ElementType.Q8;
        }
        if (name.matches("CP[ES]4[A-Z]*")) {
            return ElementType.Q4;
        }
        throw lines.error("elements of type \"" + name + "\" are not read: only CPE4, CPS4, CPE8, CPS8, C3D8 and "
                + "C3D20, with any letters behind");
    }

    private void set(Map<String, String> options, String kind, boolean ofNodes) {
        String name = options.get(kind);
        if (name == null || name.isEmpty()) {
            throw lines.error("the set has no name: " + kind + "=... is needed");
        }
        Set<Long> set = ofNodes ? mesh.nodeSet(name) : mesh.elementSet(name);
        while (isData()) {
            List<String> fields = fields();
            if (options.containsKey("GENERATE")) {
                generate(fields, set);
            } else {
                fields.forEach(field -> member(field, ofNodes, set));
            }
        }
    }

    private void generate(List<String> fields, Set<Long> set) {
        if (fields.isEmpty()) {
            return;
        }
        if (fields.size() < 2) {
            throw lines.error("GENERATE needs a first and a last number");
        }
        long step = fields.size() > 2 ? lines.whole(fields.get(2)) : 1;
        if (step < 1) {
            throw lines.error("the step of GENERATE must be positive, got " + step);
        }
        long first = lines.whole(fields.get(0));
        long last = lines.whole(fields.get(1));
        if (first < 0 || last > Integer.MAX_VALUE) {
            throw lines.error("numbers from " + first + " to " + last + " are not those of nodes or elements");
        }
        if ((last - first) / step >= lines.count()) {
            throw lines.error("numbers from " + first + " to " + last + " are more than the file has lines");
        }
        for (long k = first; k <= last; k += step) {
            set.add(k);
        }
    }

    /** A number, or the name of another set. */
    private void member(String field, boolean ofNodes, Set<Long> set) {
        String name = field.toUpperCase(Locale.ROOT);
        if (field.matches("\\d+")) {
            set.add(lines.whole(field));
        } else if (ofNodes ? mesh.hasNodeSet(name) : mesh.hasElementSet(name)) {
            set.addAll(List.copyOf(ofNodes ? mesh.nodeSet(name) : mesh.elementSet(name)));
        } else {
            throw lines.error("\"" + field + "\" is neither a number nor a set defined before");
        }
    }
}
