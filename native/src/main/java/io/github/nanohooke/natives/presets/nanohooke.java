// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.natives.presets;

import io.github.nanohooke.natives.loading.NativeFiles;
import java.util.List;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.LoadEnabled;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.annotation.NoException;
import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.javacpp.tools.Info;
import org.bytedeco.javacpp.tools.InfoMap;
import org.bytedeco.javacpp.tools.InfoMapper;

/** Tells JavaCPP how to bind {@code nanohooke.h}; the classes in {@code natives} are generated from it. */
@Properties(
        value = @Platform(
                value = "linux-x86_64",
                include = {"nanohooke/status.h", "nanohooke/statics.h", "nanohooke/hyperelastic.h",
                        "nanohooke/network.h", "nanohooke/sparse.h", "nanohooke/large.h"},
                link = "nanohooke"),
        target = "io.github.nanohooke.natives",
        global = "io.github.nanohooke.natives.global.nanohooke")
@NoException
public class nanohooke implements InfoMapper, LoadEnabled {
    private static boolean loaded;

    /** JavaCPP calls this when a generated class is first used; the library is loaded here and not from its cache. */
    @Override
    public void init(ClassProperties properties) {
        if (Loader.isLoadLibraries()) {
            load();
            properties.get("platform.link").clear();
            properties.setProperty("platform.library", "jninanohooke#"); // to JavaCPP: the system loads it
        }
    }

    private static synchronized void load() {
        if (!loaded) {
            NativeFiles.load(nanohooke.class, "io/github/nanohooke/natives", "nanohooke-native",
                    path -> System.load(path), List.of("libnanohooke.so", "libjninanohooke.so"));
            loaded = true;
        }
    }

    @Override
    public void map(InfoMap infoMap) {
        // The parser leaves out the setter of a pointer to const.
        String layers = "public native @Const nh_layer layers();"
                + " public native nh_network_definition layers(nh_layer setter);";
        String products = "public native @Const nh_head_product products();"
                + " public native nh_head products(nh_head_product setter);";
        infoMap.put(new Info("NH_API").cppTypes().annotations())
                .put(new Info("NANOHOOKE_STATUS_H", "NANOHOOKE_STATICS_H", "NANOHOOKE_HYPERELASTIC_H",
                        "NANOHOOKE_NETWORK_H", "NANOHOOKE_SPARSE_H", "NANOHOOKE_LARGE_H").skip())
                .put(new Info("nh_network_definition::layers").javaText(layers))
                .put(new Info("nh_head::products").javaText(products))
                .put(new Info("nh_head::offset").javaText("public native @Const DoublePointer offset();"
                        + " public native nh_head offset(DoublePointer setter);"))
                .put(new Info("nh_head::positive").javaText("public native @Const IntPointer positive();"
                        + " public native nh_head positive(IntPointer setter);"));
    }
}
