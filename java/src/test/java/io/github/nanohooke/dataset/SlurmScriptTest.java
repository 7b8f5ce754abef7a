// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The array on a real cluster is tested by test-data/slurm/two-node-test.sh; here the scripts themselves. */
class SlurmScriptTest {
    @TempDir
    private Path folder;

    private int run(String script, String... environment) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("job"), script);
        ProcessBuilder builder = new ProcessBuilder("bash", file.toString()).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile());
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        return builder.start().waitFor();
    }

    private String launcher(String body) throws IOException {
        Path launcher = Files.writeString(folder.resolve("launcher"), "#!/bin/bash\n" + body + "\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        return launcher.toString();
    }

    @Test
    void theTaskGetsItsShareItsCoresAndACacheOfItsOwn() throws Exception {
        String script = SlurmScript.array(launcher("echo \"$@\"; echo opts $NANOHOOKE_JAVA_OPTS; exit 7"),
                "--kind mixed --out 'my data'", 12, 3);
        assertThat(script).contains("#SBATCH --array=0-11", "#SBATCH --cpus-per-task=3", "#SBATCH --requeue",
                "#SBATCH --open-mode=append", "--signal=B:USR1@120").doesNotContainPattern("@[A-Z]+@");
        assertThat(run(script, "SLURM_ARRAY_TASK_ID", "4", "SLURM_CPUS_PER_TASK", "3", "SLURM_JOB_ID", "99"))
                .isEqualTo(7);
        assertThat(folder.resolve("output")).content()
                .contains("dataset --kind mixed --out my data --shard 4/12 --workers 3 --requeue-code 99")
                .contains("-Dorg.bytedeco.javacpp.cachedir=");
    }

    @Test
    void aSignalToTheScriptReachesTheRunWhoseCodeIsTheScripts() throws Exception {
        String script = SlurmScript.array(launcher("trap 'exit 99' TERM; kill -USR1 $PPID; sleep 20 & wait"), "--out d",
                2, 1);
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path scontrol = Files.writeString(bin.resolve("scontrol"), "#!/bin/sh\necho 'RequeueExit             = 99'\n");
        assertThat(scontrol.toFile().setExecutable(true)).isTrue();
        assertThat(run(script, "PATH", bin + ":" + System.getenv("PATH"))).isEqualTo(99);
    }

    @Test
    void gnuParallelScriptsAreValid() throws Exception {
        String script = SlurmScript.gnuParallel("nanohooke", "--out data", 5, 2);
        assertThat(script).contains("'{}/5'", "$(seq 0 4)");
        assertThat(run("set -n\n" + script)).isZero();
        assertThatThrownBy(() -> SlurmScript.array("nanohooke", "", 0, 1)).isInstanceOf(DatasetException.class);
    }
}
