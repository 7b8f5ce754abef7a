// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nanohooke.lammps.ChildJvm.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which library is taken, and why others are refused; each case in a process of its own. */
@ExtendWith(RequireLammps.class)
class LammpsLibraryTest {
    @TempDir
    Path folder;

    @Test
    void withoutAWishTheSystemsLibraryIsTakenAndItsErrorsLeaveTheProcessAlive() throws Exception {
        Ended ended = ChildJvm.run(Probe.class, List.of(), List.of(), Map.of());

        assertThat(ended.output()).contains("caught: Unknown command: no_such_command 1")
                .contains("in no_such_command 1").containsPattern("again: 20\\d{6}");
        assertThat(ended.status()).isZero();
    }

    @Test
    void aMissingFileIsRefusedAndNotReplaced() throws Exception {
        assertThat(probe(folder.resolve("liblammps.so"))).contains("refused: no usable LAMMPS library")
                .contains("no such file").contains("system property nanohooke.lammps.library")
                .contains("apt-get install").doesNotContain("again");
    }

    @Test
    void aFolderIsRefused() throws Exception {
        assertThat(probe(folder)).contains("a folder; name the library file in it").doesNotContain("again");
    }

    @Test
    void aFileThatIsNoLibraryIsRefusedWithTheLinkersWords() throws Exception {
        Path text = Files.writeString(folder.resolve("liblammps.so"), "not a library at all, only text\n".repeat(9));

        assertThat(probe(text)).contains("invalid ELF header").doesNotContain("again");
    }

    @Test
    void anotherLibraryIsRefusedWithTheFunctionThatItLacks() throws Exception {
        Path incomplete = standIn("-DTHROWS=1", "-DINCOMPLETE");

        assertThat(probe(incomplete)).contains("it has no function lammps_get_last_error_message")
                .doesNotContain("again");
    }

    @Test
    void aBuildWhoseErrorsWouldEndTheProcessIsRefused() throws Exception {
        assertThat(probe(standIn("-DTHROWS=0"))).contains("the first one would end the JVM").doesNotContain("again");
    }

    @Test
    void aBuildWithItsOwnExceptionsIsAskedForItsErrors() throws Exception {
        assertThat(probe(standIn("-DTHROWS=1"))).contains("exceptions: true, MPI: false")
                .contains("caught: Unknown command of the stand-in in no_such_command 1").contains("again: 20990101");
    }

    @Test
    void theEnvironmentIsAskedWhereThePropertyIsNotSet() throws Exception {
        Ended ended = ChildJvm.run(Probe.class, List.of(), List.of(),
                Map.of(LammpsLibrary.ENVIRONMENT, standIn("-DTHROWS=1").toString()));

        assertThat(ended.output()).contains("source: environment NANOHOOKE_LAMMPS_LIBRARY", "again: 20990101");
    }

    @Test
    void underMpirunEveryRankHasItsOwnInstance() throws Exception {
        assumeTrue(onPath("mpirun"), "mpirun is not installed");
        Ended ended = ChildJvm.run(RankProbe.class, List.of("mpirun", "--allow-run-as-root", "--oversubscribe",
                "-np", "2"), List.of(), Map.of());

        assertThat(ended.output()).contains("rank 0: 32 atoms").contains("rank 1: 48 atoms");
        assertThat(ended.status()).isZero();
    }

    @Test
    void aProcessThatEndsWhileItWorksEndsInGoodOrder() throws Exception {
        Ended ended = ChildJvm.run(BusyProbe.class, List.of(), List.of(), Map.of());

        assertThat(ended.output()).doesNotContain("MPI_").doesNotContain("SIGSEGV");
        assertThat(ended.status()).isEqualTo(42);
    }

    @Test
    void theProviderTellsWhatIsInUse() {
        var availability = new LammpsElasticCalculatorProvider().availability();

        assertThat(availability.usable()).isTrue();
        assertThat(availability.remedy()).isEmpty();
        assertThat(availability.facts().get("packages")).contains("MANYBODY");
        assertThat(availability.facts().get("version")).matches("20\\d{6}");
    }

    private String probe(Path library) throws Exception {
        Ended ended = ChildJvm.run(Probe.class, List.of(), List.of("-D" + LammpsLibrary.PROPERTY + "=" + library),
                Map.of(LammpsLibrary.ENVIRONMENT, "/must/not/be/asked"));
        assertThat(ended.status()).as(ended.output()).isZero();
        return ended.output();
    }

    private Path standIn(String... flags) throws Exception {
        assumeTrue(onPath("g++"), "g++ is not installed");
        Path library = folder.resolve("liblammps_stand_in.so");
        List<String> command = new ArrayList<>(List.of("g++", "-shared", "-fPIC", "-o", library.toString()));
        command.addAll(Arrays.asList(flags));
        command.add(Path.of("src", "test", "cpp", "stand_in_lammps.cpp").toAbsolutePath().toString());
        Ended compiled = ChildJvm.run(command, Map.of());
        assertThat(compiled.status()).as(compiled.output()).isZero();
        return library;
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(":")).anyMatch(p -> Files.isExecutable(Path.of(p, program)));
    }
}
