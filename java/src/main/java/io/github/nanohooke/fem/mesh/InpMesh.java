// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.mesh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mesh in an input file of Abaqus or CalculiX: *NODE, *ELEMENT, *NSET and *ELSET (with GENERATE). Other keywords
 * are left out, which the log says; those that make or move nodes and elements, and parameters that are not known, are
 * refused. Names of sets are in capitals, as these programs see them.
 */
final class InpMesh {
    private static final Logger LOG = LoggerFactory.getLogger(InpMesh.class);

    /** Without them the mesh would be another one. */
    private static final Set<String> MAKERS = Set.of("*NGEN", "*NFILL", "*NCOPY", "*NMAP", "*ELGEN",
            "*ELCOPY");
    private static final Map<String, Set<String>> PARAMETERS = Map.of(
            "*NODE", Set.of("NSET", "SYSTEM"),
            "*ELEMENT", Set.of("TYPE", "ELSET"),
            "*NSET", Set.of("NSET", "GENERATE", "INSTANCE", "INTERNAL", "UNSORTED"),
            "*ELSET", Set.of("ELSET", "GENERATE", "INSTANCE", "INTERNAL", "UNSORTED"));

    private final MeshLines lines;
    private final MeshCollector mesh;
    private final Set<String> leftOut = new TreeSet<>();
    private final Set<String> placed = new HashSet<>();

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
            String keyword = parts[0].strip();
            requireKnown(keyword, options);
            switch (keyword) {
                case "*NODE" -> nodes(options);
                case "*ELEMENT" -> elements(options);
                case "*NSET" -> set(options, "NSET", true);
                case "*ELSET" -> set(options, "ELSET", false);
                case "*INCLUDE" -> throw lines.error("*INCLUDE is not followed; put the mesh into one file");
                case "*INSTANCE" -> instance(options.getOrDefault("PART", ""));
                case "*SYSTEM" -> requireGlobal();
                default -> leftOut.add(keyword);
            }
        }
        if (!leftOut.isEmpty()) {
            LOG.info("{}: only its mesh is read, not {}", lines.source(), String.join(", ", leftOut));
        }
        return mesh.build();
    }

    private void requireKnown(String keyword, Map<String, String> options) {
        if (MAKERS.contains(keyword)) {
            throw lines.error(keyword + " is not followed; write nodes and elements out, in one system of coordinates");
        }
        Set<String> known = PARAMETERS.get(keyword);
        for (String option : options.keySet()) {
            if (known != null && !option.isEmpty() && !known.contains(option)) {
                throw lines.error("the parameter " + option + " of " + keyword + " is not read; write what it stands "
                        + "for into the lines below");
            }
        }
    }

    /** Parts may stand in an assembly, each once and where it was drawn. */
    private void instance(String part) {
        boolean moved = false;
        while (isData()) {
            moved |= fields().stream().anyMatch(field -> !field.isEmpty() && lines.real(field) != 0);
        }
        if (moved || !placed.add(part)) {
            throw lines.error("an instance that is moved, or a second one of a part, is not read; write the mesh out "
                    + "as one part");
        }
    }

    /** Without data it goes back to the system that is there. */
    private void requireGlobal() {
        while (isData()) {
            if (!fields().isEmpty()) {
                throw lines.error("*SYSTEM is not followed; write nodes out in one system of coordinates");
            }
        }
    }

    private boolean isData() {
        return lines.hasNext() && (!lines.peek().startsWith("*") || lines.peek().startsWith("**"));
    }

    /** The fields of the next line of data, also empty ones; none for a comment or a blank line. */
    private List<String> fields() {
        String line = lines.next();
        return line.startsWith("**") || line.isBlank() ? List.of()
                : Arrays.stream(line.split(",", -1)).map(String::strip).toList();
    }

    /** As {@link #fields}, without empty ones at the end: a line may end with a comma. */
    private List<String> numbers() {
        List<String> fields = fields();
        int count = fields.size();
        while (count > 0 && fields.get(count - 1).isEmpty()) {
            count--;
        }
        return fields.subList(0, count);
    }

    private void nodes(Map<String, String> options) {
        if (!options.getOrDefault("SYSTEM", "R").equals("R")) {
            throw lines.error("nodes in SYSTEM=" + options.get("SYSTEM") + " are not read: only rectangular "
                    + "coordinates (R)");
        }
        while (isData()) {
            List<String> fields = fields();
            if (fields.isEmpty()) {
                continue;
            }
            if (fields.size() < 3) {
                throw lines.error("a node has a number and two or three coordinates");
            }
            long number = lines.whole(fields.get(0));
            mesh.node(number, coordinate(fields.get(1)), coordinate(fields.get(2)),
                    fields.size() > 3 ? coordinate(fields.get(3)) : 0);
            if (options.containsKey("NSET")) {
                mesh.nodeSet(options.get("NSET")).add(number);
            }
        }
    }

    /** An empty field is zero. */
    private double coordinate(String field) {
        return field.isEmpty() ? 0 : lines.real(field);
    }

    private void elements(Map<String, String> options) {
        String name = options.getOrDefault("TYPE", "");
        ElementType type = type(name);
        List<String> open = new ArrayList<>();
        while (isData()) {
            open.addAll(numbers());
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
            if (options.containsKey("GENERATE")) {
                generate(numbers(), set);
            } else {
                fields().stream().filter(field -> !field.isEmpty()).forEach(field -> member(field, ofNodes, set));
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
