// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures.paper;

import io.github.nanohooke.io.FileFormatException;
import io.github.nanohooke.io.JsonFields;
import io.github.nanohooke.io.NearestName;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.file.StructureFile;
import io.github.nanohooke.tensor.ElasticConstants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * One of the cases that the paper shows its network by: structures that grow step by step. Its file is JSON: the fields
 * {@code latticeConstant} and {@code cells} of a structure file, {@code figure}, {@code title}, {@code sizes},
 * {@code axis}, {@code shown}, {@code paper}, and {@code steps}, each with its place on the axis and its pores.
 *
 * @param name   of the file, without its ending
 * @param figure the paper's: {@code fig4}, {@code fig5} or {@code fig6}
 * @param title  for people
 * @param sizes  which of its sizes are the paper's, and which are not printed there
 * @param axis   what the steps differ in, with its unit
 * @param shown  constants that the figure shows, and {@code bulkModulus}
 * @param paper  the paper's network on it
 * @param steps  in order
 */
public record PaperCase(String name, String figure, String title, String sizes, String axis, List<String> shown,
        Paper paper, List<Step> steps) {
    public static final String BULK_MODULUS = "bulkModulus";

    /**
     * What the paper says of its network.
     *
     * @param largestRelativeError of a constant [%]
     * @param of                   {@code bulkModulus}, or {@code any} constant
     * @param continuum            bulk modulus without a size effect [GPa]
     * @param cutC11               C11 that its network gives the box that is cut, where it is zero [GPa]
     */
    public record Paper(OptionalDouble largestRelativeError, Optional<String> of, OptionalDouble continuum,
            OptionalDouble cutC11) {
    }

    /**
     * A structure.
     *
     * @param at where it stands on the axis
     */
    public record Step(double at, PorousStructure structure) {
    }

    public PaperCase {
        shown = List.copyOf(shown);
        steps = List.copyOf(steps);
    }

    /**
     * Reads all cases of a folder, in the order of their figures, then of their names.
     *
     * @throws FileFormatException when there are none, or a file is none of a case: where, and why
     */
    public static List<PaperCase> readAll(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<PaperCase> cases = new ArrayList<>(files.filter(file -> file.toString().endsWith(".json"))
                    .map(PaperCase::read).toList());
            if (cases.isEmpty()) {
                throw new FileFormatException("there are no cases (*.json) in " + folder);
            }
            cases.sort((a, b) -> (a.figure + a.name).compareTo(b.figure + b.name));
            return cases;
        } catch (IOException e) {
            throw new FileFormatException("the cases in " + folder + " cannot be read: " + e, e);
        }
    }

    static PaperCase read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new FileFormatException(file + " cannot be read: " + e, e);
        }
        JsonFields root = JsonFields.parse(text, file.toString(), FileFormatException::new);
        root.allow("figure", "title", "sizes", "axis", "shown", "paper", "latticeConstant", "cells", "steps");
        String name = file.getFileName().toString().replaceFirst("\\.json$", "");
        JsonFields paper = root.object("paper");
        paper.allow("largestRelativeError", "of", "continuum", "cutC11");
        Paper said = new Paper(number(paper, "largestRelativeError"),
                paper.has("of") ? Optional.of(paper.choice("of", List.of(BULK_MODULUS, "any"))) : Optional.empty(),
                number(paper, "continuum"), number(paper, "cutC11"));
        return new PaperCase(name, root.choice("figure", List.of("fig4", "fig5", "fig6")), root.text("title"),
                root.text("sizes"), root.text("axis"), shown(root), said, steps(root));
    }

    /** Names with spaces between them. */
    private static List<String> shown(JsonFields root) {
        List<String> known = new ArrayList<>(ElasticConstants.names());
        known.add(BULK_MODULUS);
        List<String> names = List.of(root.text("shown").strip().split("\\s+"));
        for (String name : names) {
            if (!known.contains(name)) {
                throw root.error("shown", "there is no \"" + name + "\" here" + NearestName.hint(name, known));
            }
        }
        return names;
    }

    private static OptionalDouble number(JsonFields fields, String name) {
        return fields.has(name) ? OptionalDouble.of(fields.number(name)) : OptionalDouble.empty();
    }

    private static List<Step> steps(JsonFields root) {
        List<Step> steps = new ArrayList<>();
        double constant = root.number("latticeConstant");
        int[] cells = root.wholes("cells", 3);
        for (JsonFields step : root.objects("steps")) {
            step.allow("at", "pores");
            steps.add(new Step(step.number("at"), step.build("", () -> new PorousStructure(
                    new Lattice(Lattice.aluminium().element(), Lattice.Kind.FCC, constant),
                    new Cells(cells[0], cells[1], cells[2]), StructureFile.pores(step)))));
        }
        if (steps.isEmpty()) {
            throw root.error("steps", "has none");
        }
        return steps;
    }
}
