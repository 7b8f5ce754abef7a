// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.run.SlurmScript.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                "--kind mixed --out 'my data'", 12, 3, Resources.none());
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
                2, 1, Resources.none());
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
        assertThatThrownBy(() -> SlurmScript.array("nanohooke", "", 0, 1, Resources.none()))
                .isInstanceOf(DatasetException.class);
    }

    /** GNU parallel gives its words to a shell once more. */
    @Test
    void gnuParallelKeepsWordsTogether() throws Exception {
        String script = SlurmScript.gnuParallel("'" + launcher("printf '<%s>' \"$@\"; echo") + "'",
                "--out 'my $HOME data'", 2, 1);
        Path bin = Files.createDirectories(folder.resolve("bin"));
        // What matters of it here: --quote, and the replacement of {}.
        Path parallel = Files.writeString(bin.resolve("parallel"), """
                #!/bin/bash
                while [ "$1" != --quote ]; do shift; done
                shift
                words=()
                while [ "$1" != ::: ]; do words+=("$1"); shift; done
                shift
                for share in "$@"; do "${words[@]//\\{\\}/$share}"; done
                """);
        assertThat(parallel.toFile().setExecutable(true)).isTrue();
        assertThat(run(script, "PATH", bin + ":" + System.getenv("PATH"))).isZero();
        assertThat(folder.resolve("output")).content()
                .contains("<dataset><--out><my $HOME data><--shard><0/2><--workers><1>", "<--shard><1/2>");
    }

    @Test
    void whatAClusterWantsIsFilledInOrLeftToBe() throws Exception {
        String open = SlurmScript.array("nanohooke", "--out d", 2, 1, Resources.none());
        assertThat(open).contains("##SBATCH --time=", "##SBATCH --mem-per-cpu=", "##SBATCH --account=",
                "##SBATCH --partition=", "# module load");
        String script = SlurmScript.array(launcher("echo run"), "--out d", 2, 1,
                new Resources("1-12:30", "1500M", "proj42", "short,long", List.of("openjdk/17", "lammps/2022")));
        assertThat(script).contains("\n#SBATCH --time=1-12:30\n", "\n#SBATCH --mem-per-cpu=1500M\n",
                "\n#SBATCH --account=proj42\n", "\n#SBATCH --partition=short,long\n").doesNotContain("##SBATCH");
        assertThat(script.indexOf("#SBATCH --partition")).as("directives after a command do not count")
                .isLessThan(script.indexOf("TASKS="));
        Path functions = Files.writeString(folder.resolve("functions"), "module() { echo loaded \"$@\"; }\n");
        assertThat(run(script, "BASH_ENV", functions.toString())).isZero();
        assertThat(folder.resolve("output")).content().containsSubsequence("loaded load openjdk/17 lammps/2022", "run");
        Files.writeString(functions, "module() { echo no such module; return 1; }\n");
        assertThat(run(script, "BASH_ENV", functions.toString())).isEqualTo(1);
        assertThat(folder.resolve("output")).content().doesNotContain("run\n");
    }

    @ParameterizedTest
    @CsvSource({"a week,,,", ",lots,,", ",,my account,", ",,,a\u0020b", "4h,,,"})
    void whatSlurmWouldNotUnderstandIsRefused(String time, String memory, String account, String partition) {
        assertThatThrownBy(() -> new Resources(time, memory, account, partition, List.of()))
                .isInstanceOf(DatasetException.class).hasMessageContaining("got '");
    }

    @Test
    void scratchWithSpacesGoesElsewhere() throws Exception {
        String script = SlurmScript.array(launcher("echo opts $NANOHOOKE_JAVA_OPTS"), "--out d", 2, 1,
                Resources.none());
        Path spaced = Files.createDirectories(folder.resolve("scratch space"));
        assertThat(run(script, "TMPDIR", spaced.toString())).isZero();
        assertThat(folder.resolve("output")).content().contains("cachedir=/tmp/nanohooke-");
    }
}
