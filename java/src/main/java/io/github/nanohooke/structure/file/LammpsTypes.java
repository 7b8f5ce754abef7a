// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.file;

import io.github.nanohooke.structure.Elements;
import io.github.nanohooke.structure.StructureException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The atom types of a LAMMPS data file: numbers from 1, which may have labels (LAMMPS of 2022 and later). */
final class LammpsTypes {
    private static final int MAX_TYPES = 1000;

    private final TextLines lines;
    private final int count;
    private final Map<String, Integer> labels = new HashMap<>();
    private final String[] labelOf;
    private final String[] elements;
    /** What is wrong with the mass of a type, told where an atom has it. */
    private final StructureException[] unknown;
    private boolean masses;

    LammpsTypes(int count, TextLines lines) {
        this.lines = lines;
        this.count = count;
        labelOf = new String[count];
        elements = new String[count];
        unknown = new StructureException[count];
    }

    /** The number of types that a header states. */
    static int count(String token, TextLines lines) {
        int number = lines.integer(token);
        if (number < 1 || number > MAX_TYPES) {
            throw lines.error("the number of atom types must be from 1 to " + MAX_TYPES + ", got " + number);
        }
        return number;
    }

    boolean isLabel(String word) {
        return labels.containsKey(word);
    }

    /** A line {@code number label} of the section Atom Type Labels. */
    void readLabel(String text) {
        String[] t = text.split("\\s+");
        if (t.length != 2) {
            throw lines.error("a label must read 'type label', got '" + text + "'");
        }
        int type = number(t[0], "label of");
        if (labels.putIfAbsent(t[1], type) != null) {
            throw lines.error("two types have the label '" + t[1] + "'");
        }
        labelOf[type] = t[1];
    }

    void startMasses() {
        masses = true;
    }

    /** A line {@code type mass # element} of the section Masses, with its comment. */
    void readMass(String text, String line) {
        String[] t = text.split("\\s+");
        if (t.length != 2) {
            throw lines.error("a mass must read 'type mass', got '" + text + "'");
        }
        int type = index(t[0], "mass of");
        int comment = line.indexOf('#');
        String said = comment < 0 ? "" : line.substring(comment + 1).strip().split("\\s+")[0];
        double mass = lines.real(t[1]);
        if (Elements.isElement(said)) {
            elements[type] = said;
        } else if (labelOf[type] != null && Elements.isElement(labelOf[type])) {
            elements[type] = labelOf[type];
        } else {
            elements[type] = Elements.byMass(mass).orElse(null);
            unknown[type] = lines.error("no element has the mass " + mass + "; put the symbol behind it, as in '"
                    + t[0] + " " + mass + " # Al'");
        }
    }

    /**
     * The index from 0 of a type that is given by number or label.
     *
     * @param whose beginning of a complaint
     */
    int index(String token, String whose) {
        Integer labelled = labels.get(token);
        if (labelled != null) {
            return labelled;
        }
        if (!token.matches("[+-]?\\d+")) {
            throw lines.error(whose + " type '" + token + "', which is no number and no label"
                    + (labels.isEmpty() ? ": there is no section 'Atom Type Labels' before it"
                            : "; labels are " + String.join(", ", labels.keySet())));
        }
        return number(token, whose);
    }

    private int number(String token, String whose) {
        int type = lines.integer(token);
        if (type < 1 || type > count) {
            throw lines.error(whose + " type " + type + ", but types go from 1 to " + count);
        }
        return type - 1;
    }

    /**
     * One type an element, in the order of the file's types, those without atoms left out.
     *
     * @param typeOf the file's type of each atom from 0, replaced by the index into the result
     */
    List<String> merge(int[] typeOf) {
        boolean[] used = new boolean[count];
        for (int type : typeOf) {
            used[type] = true;
        }
        List<String> merged = new ArrayList<>();
        int[] index = new int[count];
        for (int type = 0; type < count; type++) {
            if (used[type]) {
                String element = element(type);
                if (!merged.contains(element)) {
                    merged.add(element);
                }
                index[type] = merged.indexOf(element);
            }
        }
        for (int i = 0; i < typeOf.length; i++) {
            typeOf[i] = index[typeOf[i]];
        }
        return merged;
    }

    private String element(int type) {
        if (elements[type] != null) {
            return elements[type];
        }
        if (unknown[type] != null) {
            throw unknown[type];
        }
        if (labelOf[type] != null && Elements.isElement(labelOf[type])) {
            return labelOf[type];
        }
        throw lines.error(masses ? "atom type " + (type + 1) + " has no line in the Masses section"
                : "there is no Masses section; add it, with the element behind each mass, as in '1 26.982 # Al'");
    }
}
