// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import java.io.Console;

/** Whether somebody looks on: bars are for them, lines for logs. */
public final class Terminal {
    private Terminal() {
    }

    /** Whether this process reads from and writes to a terminal. */
    public static boolean isThere() {
        Console console = System.console();
        return console != null && isTerminal(console);
    }

    /** From Java 22 to 24 there is a console for files and pipes, too, and it can be asked (from 22 on). */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }
}
