// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.platform;

import java.io.File;
import java.io.PrintWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A host with class loaders of its own, as Spark, a notebook or MATLAB are: a process of {@link ClassLoaderTest} whose
 * class path has nothing of nanohooke. Arguments: how many loaders, whether JavaCPP is their common parent's, the jars,
 * then the command line that each of them runs. The thread's context loader sees none of it.
 */
final class LoaderProbe {
    private LoaderProbe() {
    }

    public static void main(String[] arguments) throws Exception {
        int loaders = Integer.parseInt(arguments[0]);
        boolean sharedJavaCpp = Boolean.parseBoolean(arguments[1]);
        List<URL> shared = new ArrayList<>();
        List<URL> own = new ArrayList<>();
        for (String jar : arguments[2].split(File.pathSeparator)) {
            Path file = Path.of(jar);
            (sharedJavaCpp && file.getFileName().toString().startsWith("javacpp-") ? shared : own)
                    .add(file.toUri().toURL());
        }
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        Thread.currentThread().setContextClassLoader(platform);
        ClassLoader parent = new URLClassLoader(shared.toArray(URL[]::new), platform);
        String[] command = List.of(arguments).subList(3, arguments.length).toArray(String[]::new);
        for (int i = 0; i < loaders; i++) {
            Class<?> main = new URLClassLoader(own.toArray(URL[]::new), parent)
                    .loadClass("io.github.nanohooke.cli.Main");
            Object code = main.getMethod("run", String[].class, PrintWriter.class, PrintWriter.class).invoke(null,
                    command, new PrintWriter(System.out, true), new PrintWriter(System.err, true));
            if (!code.equals(0)) {
                System.exit((Integer) code);
            }
        }
        System.exit(0); // Open MPI's threads would keep the process
    }
}
