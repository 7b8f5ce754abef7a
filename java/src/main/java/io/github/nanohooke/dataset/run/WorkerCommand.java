// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.run;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How worker processes are started: this JVM's own executable, class or module path and flags, on one core each.
 *
 * @param words the command line
 */
record WorkerCommand(List<String> words) {

    WorkerCommand {
        words = List.copyOf(words);
    }

    /** @param extraFlags JVM flags that come after this JVM's own */
    static WorkerCommand likeThisJvm(List<String> extraFlags) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Before our own flags, so that NANOHOOKE_JAVA_OPTS wins.
        words.add("-XX:ActiveProcessorCount=1");
        words.add("-XX:+UseSerialGC");
        List<String> own = ManagementFactory.getRuntimeMXBean().getInputArguments();
        if (own.stream().anyMatch(flag -> flag.matches("-XX:\\+Use\\w+GC"))) {
            words.remove("-XX:+UseSerialGC");
        }
        own.stream().filter(WorkerCommand::isForEveryJvm).forEach(words::add);
        words.addAll(extraFlags);
        Module module = WorkerMain.class.getModule();
        if (module.isNamed()) { // the module path is among our own flags
            words.addAll(List.of("-m", module.getName() + "/" + WorkerMain.class.getName()));
        } else {
            words.addAll(List.of("-cp", System.getProperty("java.class.path"), WorkerMain.class.getName()));
        }
        return new WorkerCommand(words);
    }

    // Agents and debuggers open ports and files that two processes cannot share.
    private static boolean isForEveryJvm(String flag) {
        return !flag.startsWith("-agentlib") && !flag.startsWith("-agentpath") && !flag.startsWith("-javaagent")
                && !flag.startsWith("-Xrunjdwp") && !flag.startsWith("-Dcom.sun.management.jmxremote");
    }

    /** A process builder with one thread for every numerical library. */
    ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(words);
        for (String variable : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")) {
            builder.environment().put(variable, "1");
        }
        return builder;
    }
}
