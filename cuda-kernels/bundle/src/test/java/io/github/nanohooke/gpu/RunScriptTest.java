// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of a bundle by themselves: a stand-in for Java writes down what it is called with. */
class RunScriptTest {
    /** Trainings have seen 500 images, 200 more each; samples end as a job that Slurm is to requeue, or not. */
    private static final String JAVA = """
            #!/usr/bin/env bash
            echo "$*" >>"$CALLS"
            case " $* " in
              *gpu.Train*)
                seen=$((300 + 200 * $(grep -c gpu.Train "$CALLS")))
                while [ "$1" != --out ]; do shift; done
                printf '{\n  "values" : {\n    "images seen" : %d,\n    "ending" : "x"\n  }\n}\n' "$seen" >"$2"
                ;;
              *" --requeue-code 5 "*) exit 5 ;;
              *" dataset --out "*) exit 99 ;;
            esac
            """;

    @TempDir
    private Path folder;
    private Path out;

    private record Said(int code, String text) {
    }

    @BeforeEach
    void bundle() throws IOException {
        out = folder.resolve("report");
        for (String name : List.of("lib", "data", "bin", "report")) {
            Files.createDirectories(folder.resolve(name));
        }
        for (String script : List.of("run.sh", "torch_forms.py")) {
            Files.copy(RunScriptTest.class.getResourceAsStream(script), folder.resolve(script),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Path java = Files.writeString(folder.resolve("bin/java"), JAVA);
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    private Said run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", folder.resolve("run.sh").toString(), "--out",
                out.toString()));
        command.addAll(List.of(words));
        return said(command);
    }

    private Said said(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
        process.environment().put("JAVA_HOME", folder.toString());
        process.environment().put("CALLS", folder.resolve("calls").toString());
        Process running = process.start();
        String text = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(running.waitFor(), text);
    }

    /** The words of each training. */
    private List<String> trainings() throws IOException {
        try (Stream<String> calls = Files.lines(folder.resolve("calls"))) {
            return calls.filter(call -> call.contains("gpu.Train ")).map(call -> call + " ").toList();
        }
    }

    private static String word(String call, String name) {
        return call.replaceAll(".* " + name + " (\\S+) .*", "$1");
    }

    @Test
    void ingredientsSeeAsManyImagesAsTheFirstOfThem() throws IOException, InterruptedException {
        Said said = run("--part", "ingredients", "--images", "9000", "--seconds", "120");
        assertThat(said.code()).as(said.text()).isZero();
        List<String> trainings = trainings();
        assertThat(trainings).extracting(call -> word(call, "--name")).containsExactly("paper", "augmentation",
                "periodic", "cholesky", "schedule", "relative");
        assertThat(trainings).extracting(call -> word(call, "--images")).containsExactly("9000", "500", "500", "500",
                "500", "500");
        assertThat(trainings.get(0)).as("a sixth, less a tenth").matches(".* --seconds 1[456] .*");
        assertThat(trainings.get(5)).as("all that is left, where the others take no time")
                .matches(".* --seconds 1?[019]\\d .*");
    }

    @Test
    void trainingsShareWhatIsLeft() throws IOException, InterruptedException {
        Said said = run("--part", "train", "--shows", "relaxed,designed", "--from", "-,relaxed", "--seconds", "106");
        assertThat(said.code()).as(said.text()).isZero();
        assertThat(trainings().get(0)).matches(".* --seconds 4[6789] .*");
    }

    @Test
    void aModelHasItsOwnNetworkAndHead() throws IOException, InterruptedException {
        Said said = run("--part", "train", "--shows", "relaxed,designed", "--from", "-,relaxed", "--head", "direct");
        assertThat(said.code()).as(said.text()).isZero();
        assertThat(trainings().get(0)).contains(" --head direct ").contains(" --network periodic ");
        assertThat(trainings().get(1)).contains(" --from " + out.resolve("relaxed.safetensors") + " ")
                .doesNotContain(" --head ").doesNotContain(" --network ");
        Files.createFile(folder.resolve("model"));
        said = run("--part", "train", "--from", folder.resolve("model").toString(), "--network", "paper");
        assertThat(said.text()).contains("--network is for a training from random weights");
        assertThat(said.code()).isEqualTo(2);
    }

    @Test
    void whatAnEarlierCallLeftIsNoBeginning() throws IOException, InterruptedException {
        Path earlier = Files.createFile(out.resolve("relaxed.safetensors.0"));
        Said said = run("--part", "train", "--from", earlier.toString());
        assertThat(said.text()).contains("the training relaxed writes " + earlier + " anew");
        assertThat(earlier).exists();
        said = run("--part", "train", "--shows", "relaxed,designed", "--from", "-,relaxed");
        assertThat(said.code()).as(said.text()).isZero();
        assertThat(earlier).doesNotExist();
        Files.createFile(out.resolve("relaxed.safetensors"));
        assertThat(run("--part", "train").text()).contains("is in the way of what the training relaxed leaves");
    }

    @Test
    void whatAPartDoesNotTakeIsRefused() throws IOException, InterruptedException {
        assertThat(run("--part", "ingredients", "--head", "direct").text())
                .contains("--head is not for the part ingredients");
        assertThat(run("--part", "check", "--rate", "1e-4").text()).contains("--rate is not for the part check");
        assertThat(run("--part", "curve", "--sizes", "0", "--from", "-").text())
                .contains("--from is not for the part curve");
        assertThat(run("--part", "curve", "--sizes", "0", "--shows", "relaxed,designed").text())
                .contains("takes one kind of images for the part curve");
        assertThat(run("--part", "train", "--head", "both").text()).contains("direct or cholesky, got both");
        assertThat(folder.resolve("calls")).as("nothing is begun").doesNotExist();
    }

    /** The first step found one: the driver's exit code for a machine without a GPU is that of a fault behind it. */
    @Test
    void aGpuThatIsGoneIsAFault() throws IOException, InterruptedException {
        try (OutputStream file = new GZIPOutputStream(Files.newOutputStream(folder.resolve("bin/nhc_driver.gz")))) {
            file.write("#!/bin/sh\nexit 3\n".getBytes(StandardCharsets.UTF_8));
        }
        run("--part", "compare", "--seconds", "60");
        assertThat(Files.readString(out.resolve("compare.log"))).contains("=== driver-time-periodic: exit 4,");
    }

    /** In a Slurm job, which asks for the code 99 else. */
    @Test
    void samplesThatAreStoppedAreNoFailure() throws IOException, InterruptedException {
        run("--part", "samples", "--seconds", "40", "--cores", "1", "--", "--kind", "mixed");
        assertThat(Files.readString(out.resolve("samples.log"))).contains("=== samples: exit 0,");
    }

    @Test
    void pythonForgetsNothingThatIsNotANumber() throws IOException, InterruptedException {
        assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(bin -> Files.exists(Path.of(bin, "python3"))),
                "there is no python3");
        Said said = said(List.of("python3", "-c", """
                import sys
                from unittest.mock import MagicMock
                sys.path.insert(0, sys.argv[1])
                sys.modules.update({name: MagicMock() for name in
                                    ("torch", "torch.nn", "torch.nn.functional", "torch_networks")})
                from torch_forms import largest, middle
                nan = float("nan")
                print(largest(largest(0.0, nan), 1.0), largest(1.0, 2.0))
                print(middle([1.0, nan, 0.0]), middle([3.0, 1.0, 2.0]))
                """, folder.toString()));
        assertThat(said.text().strip()).isEqualTo("nan 2.0\nnan 2.0");
    }
}
