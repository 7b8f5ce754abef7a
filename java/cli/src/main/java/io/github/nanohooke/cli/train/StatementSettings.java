// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.train;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.surrogate.model.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What the makers of a model state of it in its file: a mixin of the commands that write models. */
final class StatementSettings {
    /** Of a card [bytes]: some pages. */
    private static final int MOST = 1 << 16;

    /** Identifiers of the list of SPDX, put together by AND, OR, WITH and parentheses. */
    private static final Pattern EXPRESSION =
            Pattern.compile("\\(*[A-Za-z0-9][A-Za-z0-9.:+-]*\\)*( (AND|OR|WITH) \\(*[A-Za-z0-9][A-Za-z0-9.:+-]*\\)*)*");

    @Option(names = "--licence", paramLabel = "SPDX",
            description = "What the written model's file says of its licence, for example CC-BY-4.0; 'nanohooke model' "
                    + "prints it.")
    private String licence;

    @Option(names = "--card", paramLabel = "FILE",
            description = "A text of what the model is for, its data, errors and limits, that the written model's file "
                    + "has, too; 'nanohooke model' prints it.")
    private Path card;

    /** Read once: hours may lie between the first and the last time that it is asked for. */
    private Map<String, String> said;

    /**
     * What it adds to a model's provenance; nothing where it was not given.
     *
     * @throws BadUsageException when it is no expression of licences, or no text
     */
    Map<String, String> provenance() {
        if (said != null) {
            return said;
        }
        said = new TreeMap<>();
        if (licence != null) {
            said.put(ModelFile.LICENCE, checkedLicence());
        }
        if (card != null) {
            said.put(ModelFile.CARD, text());
        }
        return said;
    }

    private String text() {
        try (InputStream in = Files.newInputStream(card)) {
            byte[] bytes = in.readNBytes(MOST + 1);
            if (bytes.length > MOST) {
                throw new BadUsageException("--card " + card + " has more than " + MOST + " bytes");
            }
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().strip();
            if (text.isEmpty()) {
                throw new BadUsageException("--card " + card + " is empty");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new BadUsageException("--card " + card + " is no text in UTF-8");
        } catch (IOException e) {
            throw new BadUsageException("--card " + card + " cannot be read: " + e);
        }
    }

    private String checkedLicence() {
        if (!EXPRESSION.matcher(licence).matches()) {
            throw new BadUsageException("--licence takes an SPDX expression such as CC-BY-4.0 or 'MIT OR Apache-2.0',"
                    + " got '"
                    + licence + "'; see spdx.org/licenses");
        }
        return licence;
    }
}
