// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Permissions of a file that takes the place of another one: they stay, where the file system knows any. */
final class Permissions {
    private static final FileAttribute<?>[] NONE = {};

    private Permissions() {
    }

    /** What to make the new file with: nobody may read it meanwhile who may not read the old one. */
    static FileAttribute<?>[] whileWriting(Path target) throws IOException {
        Optional<Set<PosixFilePermission>> old = of(target);
        if (old.isEmpty()) {
            return NONE;
        }
        Set<PosixFilePermission> writable = EnumSet.of(PosixFilePermission.OWNER_WRITE);
        writable.addAll(old.get());
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(writable)};
    }

    /** Gives the new file the old one's; where there is no old one it keeps its own. */
    static void keep(Path target, Path fresh) throws IOException {
        Optional<Set<PosixFilePermission>> old = of(target);
        if (old.isPresent() && !old.equals(of(fresh))) {
            try {
                Files.setPosixFilePermissions(fresh, old.get());
            } catch (FileSystemException notHere) {
                // Some mounts take no modes; results are not lost for that. The file was made with no more than these.
                return;
            }
        }
    }

    private static Optional<Set<PosixFilePermission>> of(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        try {
            return view == null ? Optional.empty() : Optional.of(view.readAttributes().permissions());
        } catch (NoSuchFileException nothingThere) {
            return Optional.empty();
        }
    }
}
