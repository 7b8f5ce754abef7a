// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs what people run most, once each, in one process and a folder of its own: the launcher lets Java note the classes
 * that this takes. Results are thrown away, and so are failures, as where natives cannot be loaded.
 */
public final class StartupClasses {
    private static final String STRUCTURE = "{\"cells\": [20, 20, 3], \"pores\": [{\"shape\": \"circle\", "
            + "\"center\": [40, 40], \"radius\": 12}, {\"shape\": \"rectangle\", \"x\": [8, 16], \"y\": [9, 22]}]}";

    private StartupClasses() {
    }

    /** @param args the folder */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        String pores = folder.resolve("pores.json").toString();
        Files.writeString(Path.of(pores), STRUCTURE);
        run("--help");
        run("predict", pores);
        run("predict", pores, "--json");
        run("statics", pores, "--out", folder.resolve("statics").toString());
        run("predict", folder.resolve("statics/image.png").toString());
        run("sample", "--kind", "mixed", "--seed", "1", "--index", "0", "--out",
                folder.resolve("sample.json").toString());
        run("info");
        System.exit(0);
    }

    private static void run(String... args) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Main.run(args, nowhere, nowhere);
    }
}
