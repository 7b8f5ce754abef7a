// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.structure;

import io.github.nanohooke.NanohookeException;
import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.predict.StructureCheck;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * One image to predict from, and where it is from.
 *
 * @param name    for tables
 * @param image   the network's input, of the network's size but for pictures
 * @param state   what is drawn
 * @param atoms   the structure as it was read; empty for pictures
 * @param relaxed what statics made of it, where that was asked for
 * @param shows   the relaxed or the designed structure: bare atoms and pictures that do not say count as relaxed
 */
public record ImageInput(String name, StructureImage image, State state, Optional<StructureInput> atoms,
        Optional<StaticsResult> relaxed, Shows shows) {

    /** Reads a potential, which those who relax nothing do without. */
    private static final class Relaxation {
        static final StaticsOptions OPTIONS = StaticsOptions.defaults().withTables(StaticsOptions.Tables.SHARP);
    }

    /** What an image shows. Networks learn from relaxed structures. */
    public enum State {
        AS_DESIGNED("as designed, not relaxed"),
        AS_READ("atoms as they are in the file"),
        RELAXED("relaxed"),
        PICTURE("picture as it is in the file");

        private final String label;

        State(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /**
     * Reads a picture, a structure or atoms.
     *
     * @param said       what pictures and bare atoms show, as the user says; null where only they can tell
     * @param resolution pixels along an edge of the image of atoms, by what it shows
     * @throws BadUsageException when the cell is not square, or the file tells of itself that it shows something else
     */
    public static ImageInput read(Path file, Shows said, ToIntFunction<Shows> resolution) {
        if (isPicture(file)) {
            String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
            StructureImage picture = StructureImage.read(file);
            Optional<Shows> own = shownBy(file);
            own.ifPresent(shows -> requireSame(file, shows, said));
            return new ImageInput(name, picture, State.PICTURE, Optional.empty(), Optional.empty(),
                    own.orElse(said != null ? said : Shows.RELAXED));
        }
        StructureInput input = readSquare(file);
        if (input.isDesign()) {
            requireSame(file, Shows.DESIGNED, said);
        }
        State state = input.isDesign() ? State.AS_DESIGNED : State.AS_READ;
        Shows shows = input.isDesign() ? Shows.DESIGNED : said != null ? said : Shows.RELAXED;
        return new ImageInput(input.name(), draw(input, input.atoms(), resolution.applyAsInt(shows)), state,
                Optional.of(input), Optional.empty(), shows);
    }

    /**
     * Reads a structure or atoms and relaxes them by the fastest method of statics, with {@link #relaxation()}.
     *
     * @param resolution pixels along an edge of the image
     * @param progress   hears of the relaxation and may stop it
     * @throws BadUsageException when the cell is not square, or the file is a picture
     * @throws io.github.nanohooke.statics.StaticsException    when the relaxation could not be carried out
     * @throws java.util.concurrent.CancellationException when {@code progress} asked to stop
     */
    public static ImageInput relax(Path file, int resolution, StaticsProgress progress) {
        if (isPicture(file)) {
            throw new BadUsageException(file + " is a picture, which has no atoms to relax; leave --relax out");
        }
        StructureInput input = readSquare(file);
        return of(input, calculated(input.atoms(), progress), resolution);
    }

    /**
     * What the fastest method of statics makes of atoms, with {@link #relaxation()}: the minimum and its tensor.
     *
     * @param progress hears of it and may stop it
     * @throws io.github.nanohooke.statics.StaticsException    when it could not be carried out
     * @throws java.util.concurrent.CancellationException when {@code progress} asked to stop
     */
    public static StaticsResult calculated(Atoms atoms, StaticsProgress progress) {
        StaticsOptions options = relaxation();
        options.potential().requireElements(atoms.elements());
        try (ElasticCalculator calculator = ElasticCalculators.open(ElasticCalculators.choose(atoms, options))) {
            return calculator.calculate(atoms, options, progress);
        }
    }

    /** How atoms are relaxed. */
    public static StaticsOptions relaxation() {
        return Relaxation.OPTIONS;
    }

    /** The image of a structure that statics has relaxed. */
    public static ImageInput of(StructureInput input, StaticsResult result, int resolution) {
        return new ImageInput(input.name(), draw(input, result.relaxed(), resolution), State.RELAXED,
                Optional.of(input), Optional.of(result), Shows.RELAXED);
    }

    /** The cell that was drawn; empty for pictures, which show none. */
    public Optional<Cell> drawnCell() {
        return relaxed.map(StaticsResult::relaxed).or(() -> atoms.map(StructureInput::atoms)).map(Atoms::cell);
    }

    /** Share of removed atoms where it is known, of black pixels for pictures [%]. */
    public Optional<Double> porosity() {
        return atoms.isPresent() ? atoms.get().porosity() : Optional.of(image.porosity());
    }

    /**
     * What a file will most likely turn out to show, by its name and, of a picture, its words; nothing is complained
     * of.
     *
     * @param said as in {@link #read}
     */
    public static Shows likely(Path file, Shows said) {
        if (endsWith(file, ".json")) {
            return Shows.DESIGNED;
        }
        Shows bare = said != null ? said : Shows.RELAXED;
        try {
            return isPicture(file) ? shownBy(file).orElse(bare) : bare;
        } catch (NanohookeException e) {
            return bare; // who reads the picture hears why it cannot be read
        }
    }

    private static void requireSame(Path file, Shows own, Shows said) {
        if (said != null && said != own) {
            throw new BadUsageException(file + " tells of itself that it shows a " + own.label()
                    + " structure; leave --shows " + said.label() + " out");
        }
    }

    /** What a picture of nanohooke says; empty for others. */
    private static Optional<Shows> shownBy(Path picture) {
        return StructureImage.shows(picture)
                .map(own -> own.equals(Shows.DESIGNED.label()) ? Shows.DESIGNED : Shows.RELAXED);
    }

    private static boolean isPicture(Path file) {
        return endsWith(file, ".png");
    }

    private static boolean endsWith(Path file, String extension) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(extension);
    }

    private static StructureInput readSquare(Path file) {
        StructureInput input = StructureInput.read(file, null);
        StructureCheck.refusal(input.atoms().cell()).ifPresent(refusal -> {
            throw new BadUsageException(file + ": " + refusal + ". Calculate it with 'nanohooke statics', or repeat it "
                    + "to a square");
        });
        return input;
    }

    /** The image of a structure's atoms, relaxed or not. */
    public static StructureImage draw(StructureInput input, Atoms atoms, int resolution) {
        return StructureImage.of(atoms, resolution, resolution, input.diskRadius());
    }
}
