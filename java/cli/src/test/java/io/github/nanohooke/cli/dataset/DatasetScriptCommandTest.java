// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.cli.Main;
import io.github.nanohooke.cli.process.ExitCodes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code nanohooke dataset script}: what is wrong with a job is found when it is written, not when it runs. */
class DatasetScriptCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int script(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("dataset", "script", "--launcher", "/opt/my tools/nanohooke"));
        all.addAll(List.of(words));
        return Main.run(all.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private void assertRefused(String reason, String... words) {
        assertThat(script(words)).as(String.join(" ", words)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains(reason);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void scriptsHoldTheArgumentsInTheirPlaces() {
        String here = Path.of("").toAbsolutePath().toString();
        assertThat(script("--slurm", "--tasks", "7", "--cpus", "2", "--time", "2:00:00", "--mem-per-cpu", "2G",
                "--account", "me", "--partition", "main", "--module", "openjdk", "--", "--kind", "mixed", "--count",
                "700", "--out", "it's here")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("#SBATCH --array=0-6", "\n#SBATCH --time=2:00:00\n", "module load openjdk",
                "'/opt/my tools/nanohooke' dataset --kind mixed --count 700 --out '" + here + "/it'\\''s here' \\");
        assertThat(script("--gnu-parallel", "--tasks", "7", "--", "--kind", "mixed", "--count", "700", "--out=d"))
                .isZero();
        // The last word is quoted where the folder of this test needs it.
        assertThat(out.toString()).contains("'/opt/my tools/nanohooke' dataset", "--out=" + here + "/d");
    }

    @Test
    void argumentsAreChecked() {
        String[] start = {"--slurm", "--tasks", "2", "--"};
        assertRefused("leave out --shard", with(start, "--kind", "mixed", "--count", "400", "--out", "d",
                "--shard=0/7"));
        assertRefused("leave out --workers", with(start, "--kind", "mixed", "--count", "400", "--out", "d", "--workers",
                "3"));
        assertRefused("Unknown options: '--knd'", with(start, "--knd", "mixed", "--count", "400", "--out", "d"));
        assertRefused("--out DIR", with(start, "--kind", "mixed", "--count", "400"));
        assertRefused("Give --kind and --count", with(start, "--out", "d"));
        assertRefused("at least one sample", with(start, "--kind", "mixed", "--count", "0", "--out", "d"));
        assertRefused("--count", with(start, "--kind", "mixed", "--count", "many", "--out", "d"));
        assertRefused("does not exist", with(start, "--kind", "mixed", "--count", "400", "--out", "d", "--potential",
                "nosuch.eam.alloy"));
        assertRefused("no dataset was begun", with(start, "--resume", "--out", "nosuchfolder"));
        assertRefused("must make a dataset", with(start, "info", "d"));
        assertRefused("1 of 2 tasks would have nothing to make",
                with(start, "--kind", "mixed", "--count", "70", "--out", "d"));
        assertRefused("time limit", "--slurm", "--tasks", "2", "--time", "soon", "--", "--kind", "mixed", "--count",
                "400", "--out", "d");
        assertRefused("are for --slurm", "--gnu-parallel", "--tasks", "2", "--time", "1:00", "--", "--kind", "mixed",
                "--count", "400", "--out", "d");
        assertThat(Main.run(new String[] {"dataset", "script", "--launcher", "nanohooke", "--slurm", "--tasks", "2",
                "--",
            "--kind", "mixed", "--count", "400", "--out", "d"}, new PrintWriter(out, true), new PrintWriter(err, true)))
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("must be an absolute path");
    }

    private static String[] with(String[] start, String... more) {
        List<String> all = new ArrayList<>(List.of(start));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
