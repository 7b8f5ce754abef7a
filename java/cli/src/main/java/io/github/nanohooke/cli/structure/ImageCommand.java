// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.structure;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.JsonText;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.surrogate.data.Shows;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "image",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Draw the binary image of a structure, the network's input: pore black, solid white.",
        footer = {
            "",
            "FILE is a structure (.json), LAMMPS data (.data), extended XYZ (.xyz), or an image (.png), which is",
            "read with a threshold at half brightness and, with --size, resampled.",
            "For the image of the relaxed structure use the relaxed.xyz or image.png that 'statics --out' writes.",
            "",
            "Examples:",
            "  nanohooke image pores.json --out pores.png",
            "  nanohooke image photo.png --size 256 --out binary.png"
        })
public final class ImageCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Structure, atoms or PNG.")
    private Path file;

    @Option(names = "--size", paramLabel = "N",
            description = "Pixels along each side (default: 256 for structures, the image's own for PNG).")
    private Integer size;

    @Option(names = "--out", paramLabel = "FILE", description = "PNG to write (default: FILE's name, .image.png).")
    private Path out;

    @Option(names = "--json", description = "Print the image's size and porosity as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Loaded loaded = load();
        StructureImage image = loaded.image();
        Path target = out != null ? out : besideTheFile();
        OutputFolder.requireWritable(target);
        loaded.shows().ifPresentOrElse(shows -> image.write(target, shows), () -> image.write(target));
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("image", target.toString());
            result.put("width", image.width());
            result.put("height", image.height());
            result.put("porosity", image.porosity());
            result.put("units", Map.of("porosity", "% of pixels", "width", "pixels", "height", "pixels"));
            spec.commandLine().getOut().println(JsonText.of(result));
        } else {
            spec.commandLine().getOut().println(String.format(Locale.ROOT, "%s: %d x %d pixels, porosity %.2f %%",
                    target, image.width(), image.height(), image.porosity()));
        }
        return ExitCodes.OK;
    }

    private Path besideTheFile() {
        if (AtomicFile.isDirect(file)) {
            throw new BadUsageException(file + " is a pipe, beside which no picture can lie: say where with --out");
        }
        return Path.of(file.toString().replaceFirst("\\.[^.]*$", "") + ".image.png");
    }

    /** An image and what it shows, where that is known: bare atoms may be relaxed or not. */
    private record Loaded(StructureImage image, Optional<String> shows) {
    }

    private Loaded load() {
        if (size != null && size < 1) {
            throw new BadUsageException("--size must be at least 1, got " + size);
        }
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            StructureImage read = StructureImage.read(file);
            return new Loaded(size == null ? read : BadUsageException.checked(() -> read.resampled(size)),
                    StructureImage.shows(file));
        }
        StructureInput input = StructureInput.read(file, null);
        int pixels = size == null ? StructureImage.DEFAULT_RESOLUTION : size;
        return new Loaded(BadUsageException.checked(() -> ImageInput.draw(input, input.atoms(), pixels)),
                input.isDesign() ? Optional.of(Shows.DESIGNED.label()) : Optional.empty());
    }
}
