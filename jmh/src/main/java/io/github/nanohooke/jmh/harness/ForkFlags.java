// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.harness;

/** Flags of the JVMs in which benchmarks run. */
public final class ForkFlags {
    public static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

    /** JavaCPP's guard counts memory that natives map but do not use. */
    public static final String NO_MEMORY_GUARD = "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0";

    /** No collector threads beside the one that is measured. */
    public static final String SERIAL_COLLECTOR = "-XX:+UseSerialGC";

    /** What runs is printed once by the benchmarks themselves. */
    public static final String WARNINGS_ONLY = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn";

    private ForkFlags() {
    }
}
