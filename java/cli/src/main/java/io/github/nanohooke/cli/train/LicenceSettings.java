// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.train;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.surrogate.model.ModelFile;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Under what the makers of a model give it away: a mixin of the commands that write models. */
final class LicenceSettings {
    /** Identifiers of the list of SPDX, put together by AND, OR, WITH and parentheses. */
    private static final Pattern EXPRESSION =
            Pattern.compile("\\(*[A-Za-z0-9][A-Za-z0-9.:+-]*\\)*( (AND|OR|WITH) \\(*[A-Za-z0-9][A-Za-z0-9.:+-]*\\)*)*");

    @Option(names = "--licence", paramLabel = "SPDX",
            description = "What the written model's file says of its licence, for example CC-BY-4.0; 'nanohooke model' "
                    + "prints it.")
    private String licence;

    /**
     * What it adds to a model's provenance; nothing where it was not given.
     *
     * @throws BadUsageException when it is no expression of licences
     */
    Map<String, String> provenance() {
        if (licence == null) {
            return Map.of();
        }
        if (!EXPRESSION.matcher(licence).matches()) {
            throw new BadUsageException("--licence takes an SPDX expression such as CC-BY-4.0 or 'MIT OR Apache-2.0',"
                    + " got '"
                    + licence + "'; see spdx.org/licenses");
        }
        return Map.of(ModelFile.LICENCE, licence);
    }
}
