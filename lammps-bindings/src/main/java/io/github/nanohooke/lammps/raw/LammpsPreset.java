// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps.raw;

import io.github.nanohooke.natives.loading.NativeFiles;
import java.util.List;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.LoadEnabled;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.javacpp.tools.Info;
import org.bytedeco.javacpp.tools.InfoMap;
import org.bytedeco.javacpp.tools.InfoMapper;

/**
 * Steers JavaCPP's parser over LAMMPS' {@code library.h}; the result is {@code LammpsC}, one static method per C
 * function.
 *
 * <p>No {@code link}: the JNI library must load without LAMMPS, so that the locator can say what is missing, and
 * must bind to whichever build the user points at. {@code nanohooke_lammps_load} brings that build into the global
 * scope, where the lazily bound calls find it.
 */
@Properties(
        value = @Platform(
                value = "linux-x86_64",
                include = {"lammps/library.h", "nanohooke_lammps.h"},
                link = "dl",
                library = "jninanohookelammps"),
        target = "io.github.nanohooke.lammps.raw",
        global = "io.github.nanohooke.lammps.raw.LammpsC")
public class LammpsPreset implements InfoMapper, LoadEnabled {
    private static boolean loaded;

    /** JavaCPP calls this when the generated class is first used; the library is loaded here and not from its cache. */
    @Override
    public void init(ClassProperties properties) {
        if (Loader.isLoadLibraries()) {
            load();
            properties.get("platform.link").clear();
            properties.setProperty("platform.library", "jninanohookelammps#"); // to JavaCPP: the system loads it
        }
    }

    private static synchronized void load() {
        if (!loaded) {
            NativeFiles.load(LammpsPreset.class, "io/github/nanohooke/lammps/raw", "nanohooke-lammps",
                    path -> System.load(path), List.of("libjninanohookelammps.so"));
            loaded = true;
        }
    }

    @Override
    public void map(InfoMap infoMap) {
        infoMap.put(new Info("defined(LAMMPS_LIB_MPI)", "defined(LAMMPS_BIGBIG)").define(false))
                .put(new Info("!defined(LAMMPS_BIGBIG)", "defined(LAMMPS_SMALLBIG)").define(true))
                .put(new Info("NANOHOOKE_LAMMPS_H", "LAMMPS_LIBRARY_H").skip());
    }
}
