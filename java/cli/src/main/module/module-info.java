// SPDX-License-Identifier: Apache-2.0

/** The command line. Open, because picocli sets the fields of its commands. */
open module io.github.nanohooke.cli {
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires transitive info.picocli;
    requires transitive io.github.nanohooke;
    requires java.desktop;
    requires java.management;
    requires jdk.management;
    requires me.tongfei.progressbar;
    requires org.slf4j;

    exports io.github.nanohooke.cli;
    exports io.github.nanohooke.cli.process;
}
