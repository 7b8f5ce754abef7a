// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.mesh;

import io.github.nanohooke.fem.FemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gmsh's text files, formats 2.2 and 4.1. Quadrilaterals, or hexahedra where there are some, are the elements; what has
 * fewer dimensions gives sets of nodes. Physical groups are sets by their names ({@code physical-7} where 7 has none):
 * of nodes always, and of elements where they hold some.
 */
final class GmshMesh {
    /** Places of Gmsh's twenty nodes in the order of {@link ElementType#H20}. */
    private static final int[] H20 = {0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 13, 9, 16, 18, 19, 17, 10, 12, 14, 15};
    private static final Map<Integer, ElementType> TYPES = Map.of(3, ElementType.Q4, 16, ElementType.Q8, 10,
            ElementType.Q9, 5, ElementType.H8, 17, ElementType.H20);
    private static final Map<Integer, int[]> OTHERS = Map.of(15, new int[] {0, 1}, 1, new int[] {1, 2}, 8,
            new int[] {1, 3});

    private record Item(long number, int type, int dimension, List<Integer> groups, long[] nodes) {
    }

    private final MeshLines lines;
    private final MeshCollector mesh;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, List<Integer>> groupsOf = new HashMap<>();
    private final List<Item> items = new ArrayList<>();
    private boolean four;

    private GmshMesh(Path file, double scale) {
        lines = new MeshLines(file);
        mesh = new MeshCollector(lines.source(), scale);
    }

    static Mesh read(Path file, double scale) {
        return new GmshMesh(file, scale).read();
    }

    private Mesh read() {
        boolean known = false;
        while (lines.hasNext()) {
            String section = lines.next();
            switch (section) {
                case "$MeshFormat" -> {
                    format();
                    known = true;
                }
                case "$PhysicalNames" -> physicalNames();
                case "$Entities" -> entities();
                case "$Nodes" -> {
                    nodes();
                    end("$EndNodes");
                }
                case "$Elements" -> {
                    elements();
                    end("$EndElements");
                }
                default -> skip(section);
            }
        }
        if (!known) {
            throw new FemException(lines.source() + " is no Gmsh mesh: it has no $MeshFormat");
        }
        collect();
        return mesh.build();
    }

    private void format() {
        String[] words = lines.words(3);
        if (!words[0].startsWith("2") && !words[0].equals("4.1")) {
            throw lines.error("format " + words[0] + " is not read; save as 2.2 or 4.1 (Mesh.MshFileVersion)");
        }
        if (!words[1].equals("0")) {
            throw lines.error("the file is binary; save it as text (Mesh.Binary = 0)");
        }
        four = words[0].startsWith("4");
    }

    /** A file that was cut off, or counts less than it has, must not pass for a smaller mesh. */
    private void end(String word) {
        if (!lines.next().equals(word)) {
            throw lines.error(word + " is expected here: there is more than the section counts");
        }
    }

    private void skip(String section) {
        if (!section.startsWith("$") || section.startsWith("$End")) {
            return;
        }
        String end = "$End" + section.substring(1);
        while (lines.hasNext() && !lines.next().equals(end)) {
            continue;
        }
    }

    private void physicalNames() {
        int count = lines.count(lines.next());
        for (int k = 0; k < count; k++) {
            String[] words = lines.next().split("\\s+", 3);
            if (words.length < 3 || words[2].length() < 2) {
                throw lines.error("a dimension, a number and a name in quotes are needed");
            }
            names.put(words[0] + " " + words[1], words[2].substring(1, words[2].length() - 1));
        }
    }

    /** Format 4: which physical groups each geometrical entity is in. */
    private void entities() {
        String[] counts = lines.words(4);
        for (int dimension = 0; dimension < 4; dimension++) {
            int count = lines.count(counts[dimension]);
            for (int k = 0; k < count; k++) {
                String[] words = lines.words(dimension == 0 ? 5 : 8);
                int at = dimension == 0 ? 4 : 7;
                List<Integer> groups = new ArrayList<>();
                int many = lines.count(words[at]);
                for (int g = 1; g <= many && at + g < words.length; g++) {
                    groups.add(Math.abs((int) lines.whole(words[at + g])));
                }
                groupsOf.put(dimension + " " + words[0], groups);
            }
        }
    }

    private void nodes() {
        if (!four) {
            int count = lines.count(lines.next());
            for (int k = 0; k < count; k++) {
                String[] words = lines.words(4);
                mesh.node(lines.whole(words[0]), lines.real(words[1]), lines.real(words[2]), lines.real(words[3]));
            }
            return;
        }
        int blocks = lines.count(lines.words(4)[0]);
        for (int b = 0; b < blocks; b++) {
            int count = lines.count(lines.words(4)[3]);
            if (count > lines.left()) {
                throw lines.error(count + " nodes are more than the file has lines");
            }
            long[] numbers = new long[count];
            for (int k = 0; k < count; k++) {
                numbers[k] = lines.whole(lines.next());
            }
            for (long number : numbers) {
                String[] words = lines.words(3);
                mesh.node(number, lines.real(words[0]), lines.real(words[1]), lines.real(words[2]));
            }
        }
    }

    private void elements() {
        if (!four) {
            int count = lines.count(lines.next());
            for (int k = 0; k < count; k++) {
                String[] words = lines.words(4);
                int tags = lines.count(words[2]);
                int group = tags > 0 ? lines.count(words[3]) : 0;
                item(words, 3 + tags, lines.count(words[1]), group == 0 ? List.of() : List.of(group));
            }
            return;
        }
        int blocks = lines.count(lines.words(4)[0]);
        for (int b = 0; b < blocks; b++) {
            String[] words = lines.words(4);
            List<Integer> groups = groupsOf.getOrDefault(words[0] + " " + words[1], List.of());
            int count = lines.count(words[3]);
            for (int k = 0; k < count; k++) {
                item(lines.words(2), 1, lines.count(words[2]), groups);
            }
        }
    }

    private void item(String[] words, int first, int type, List<Integer> groups) {
        ElementType solid = TYPES.get(type);
        int[] other = OTHERS.get(type);
        if (solid == null && other == null) {
            throw lines.error("elements of Gmsh's type " + type + " are not read: only quadrilaterals (3, 16, 10) and "
                    + "hexahedra (5, 17), with points and lines on their boundary. Recombine triangles "
                    + "(Mesh.RecombineAll = 1), and for 20 nodes set Mesh.SecondOrderIncomplete = 1");
        }
        int count = solid != null ? solid.nodes() : other[1];
        if (words.length != first + count) {
            throw lines.error("an element of type " + type + " has " + count + " nodes, this line "
                    + (words.length - first));
        }
        long[] nodes = new long[count];
        for (int k = 0; k < count; k++) {
            nodes[k] = lines.whole(words[first + k]);
        }
        items.add(new Item(lines.whole(words[0]), type, solid != null ? solid.dimension() : other[0], groups, nodes));
    }

    private void collect() {
        int dimension = items.stream().mapToInt(Item::dimension).max().orElse(0);
        for (Item item : items) {
            boolean element = item.dimension() == dimension && TYPES.containsKey(item.type());
            if (element) {
                ElementType type = TYPES.get(item.type());
                mesh.element(item.number(), type, type == ElementType.H20 ? reordered(item.nodes()) : item.nodes());
            }
            for (int group : item.groups()) {
                String name = names.getOrDefault(item.dimension() + " " + group, "physical-" + group);
                for (long node : item.nodes()) {
                    mesh.nodeSet(name).add(node);
                }
                if (element) {
                    mesh.elementSet(name).add(item.number());
                }
            }
        }
    }

    private static long[] reordered(long[] gmsh) {
        long[] nodes = new long[gmsh.length];
        for (int a = 0; a < nodes.length; a++) {
            nodes[a] = gmsh[H20[a]];
        }
        return nodes;
    }
}
