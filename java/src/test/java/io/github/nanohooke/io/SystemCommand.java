// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A command of the system that a test needs, as {@code mount}, and that not everybody may give. */
public final class SystemCommand {
    private SystemCommand() {
    }

    /** Whether it ended well within ten seconds. */
    public static boolean succeeds(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
