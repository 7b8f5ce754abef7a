// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Works in a class loader of its own beside the thread's, and in several at once. */
class ClassLoaderTest {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} loaders, JavaCPP in their parent: {1}, {2}")
    @CsvSource({
        "1, false, statics --method hessian", "1, false, statics --method lammps", "1, false, predict",
        "2, false, statics --method hessian", "2, true, statics --method hessian", "2, true, predict"})
    void runsInOtherLoaders(int loaders, boolean sharedJavaCpp, String command) throws IOException {
        if (command.contains("lammps")) {
            Nanohooke.assumeLammps();
        }
        Path structure = Files.writeString(folder.resolve("structure.json"), command.startsWith("predict")
                ? "{\"cells\":[20,20,1],\"pores\":[]}"
                : "{\"cells\":[4,4,1],\"pores\":[{\"shape\":\"circle\",\"center\":[8,8],\"radius\":2.5}]}");
        List<String> words = new ArrayList<>(List.of(String.valueOf(loaders), String.valueOf(sharedJavaCpp),
                Nanohooke.classPath()));
        words.addAll(List.of(command.split(" ")));
        words.addAll(List.of(structure.toString(), "--json"));
        Nanohooke.Ended ended = new Nanohooke().java(Nanohooke.javaOfThisTest(), List.of("-cp",
                Path.of("target", "test-classes").toString(), LoaderProbe.class.getName()), words).await();
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        assertThat(ended.out().lines().filter(line -> line.contains("\"stiffness\":[["))).hasSize(loaders);
        assertThat(ended.out().lines().map(line -> line.replaceAll("\"(cpuS|s)econds\":[^,}]*", "")).distinct())
                .hasSize(1);
    }
}
