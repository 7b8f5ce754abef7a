// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The temporary files of a target, and what killed writers of the same target have left of theirs.
 *
 * <p>Names are {@code .NAME.UUID.part}, so that each belongs to one writer, for good: whoever is killed never comes
 * back to it. One that was not written to for a day is taken to be left behind. Its age is told against a file that was
 * written just now in the same folder, by the same file system's clock, so that neither a wrong clock here nor one on
 * another machine makes a living writer's file look old. Should a writer have slept for that long all the same, its
 * move into place fails with a named error: the target is whole in any case.
 */
final class Leftovers {
    private static final Duration STALE = Duration.ofDays(1);
    private static final String SUFFIX = ".part";
    private static final String UUID_PATTERN = "\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}";
    /** File systems take names of 255 bytes; what is added here takes 43. */
    private static final int LONGEST_NAME = 200;

    private Leftovers() {
    }

    /** A name of one's own beside the target. */
    static Path newNameFor(Path target) {
        return target.resolveSibling("." + (hasShortName(target) ? target.getFileName() + "." : "") + UUID.randomUUID()
                + SUFFIX);
    }

    private static boolean hasShortName(Path target) {
        return target.getFileName().toString().getBytes(StandardCharsets.UTF_8).length < LONGEST_NAME;
    }

    /**
     * Deletes what killed writers of the target left more than a day before {@code fresh} was written. What cannot be
     * listed or deleted stays: it is in nobody's way.
     *
     * @param fresh a file that was written just now in the target's folder
     */
    static void delete(Path target, Path fresh) {
        if (!hasShortName(target)) {
            return; // names do not tell the target then
        }
        Pattern own = Pattern.compile(Pattern.quote("." + target.getFileName() + ".") + UUID_PATTERN
                + Pattern.quote(SUFFIX));
        try (DirectoryStream<Path> found = Files.newDirectoryStream(target.getParent(),
                path -> own.matcher(path.getFileName().toString()).matches())) {
            Instant latest = written(fresh).minus(STALE);
            for (Path path : found) {
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && written(path).isBefore(latest)) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (IOException | DirectoryIteratorException notOurs) {
            return;
        }
    }

    private static Instant written(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).lastModifiedTime()
                .toInstant();
    }
}
