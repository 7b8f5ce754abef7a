// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
public final class Version implements IVersionProvider {

    public static String number() {
        return property("version");
    }

    /** The commit that was built, with the mark "changed" where files differed from it; empty where none is known. */
    static String commit() {
        String commit = property("commit");
        return commit == null ? "" : commit;
    }

    /** Both in one line. */
    public static String full() {
        return number() + (commit().isEmpty() ? "" : " (" + commit() + ")");
    }

    private static String property(String name) {
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {"nanohooke " + full()};
    }
}
