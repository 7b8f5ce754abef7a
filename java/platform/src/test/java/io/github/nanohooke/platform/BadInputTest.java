// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with what a user gives, there is one message that says so, and the exit code for it. */
class BadInputTest {
    private static final int BAD_INPUT = 2;
    private static final int LIBRARY_MISSING = 3;
    private static final int PARTIAL = 5;
    private static final String SMALL = "{\"cells\":[6,6,1],\"pores\":[{\"shape\":\"circle\",\"center\":[12,12],"
            + "\"radius\":4}]}";

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            malformed          | {"cells":[6,6,1],"pores":[}                                    | line 1
            unknown shape      | {"pores":[{"shape":"star","center":[1,1],"radius":2}]}         | star
            unknown field      | {"pores":[],"colour":"red"}                                    | colour
            negative radius    | {"pores":[{"shape":"circle","center":[30,30],"radius":-2}]}    | -2
            NaN                | {"pores":[{"shape":"circle","center":[30,NaN],"radius":2}]}    | NaN
            outside            | {"pores":[{"shape":"circle","center":[500,500],"radius":2}]}   | outside
            nothing left       | {"cells":[2,2,1],"pores":[{"shape":"rectangle","x":[0,8.1],"y":[0,8.1]}]} | atoms
            unknown element    | {"element":"Xx","pores":[]}                                    | Xx
            element of no file | {"element":"Cu","latticeConstant":3.6,"pores":[]}              | Cu
            """)
    void saysWhatIsWrongWithAStructure(String what, String json, String expected) throws IOException {
        Nanohooke.Ended ended = Nanohooke.run("statics", structure(json).toString());
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(BAD_INPUT);
        assertThat(ended.err()).contains(expected).doesNotContain("\tat ");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void namesTheFileThatIsNotThere() {
        Nanohooke.Ended ended = Nanohooke.run("statics", folder.resolve("none.json").toString());
        assertThat(ended.exitCode()).isEqualTo(BAD_INPUT);
        assertThat(ended.err()).contains("none.json");
    }

    @Test
    void refusesATruncatedPotential() throws IOException {
        byte[] whole;
        try (InputStream in = io.github.nanohooke.statics.potential.Potential.class
                .getResourceAsStream("Al99.eam.alloy")) {
            whole = in.readAllBytes();
        }
        Path cut = Files.write(folder.resolve("cut.eam.alloy"), Arrays.copyOf(whole, whole.length / 2));
        Nanohooke.Ended ended = Nanohooke.run("statics", structure(SMALL).toString(), "--potential", cut.toString());
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(BAD_INPUT);
        assertThat(ended.err()).contains("cut.eam.alloy").contains("truncated");
    }

    @Test
    void theBundledPotentialNeedsNoTemporaryFolderButForLammps() throws IOException {
        Path readOnly = folder.resolve("none");
        Nanohooke nanohooke = new Nanohooke().with("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + readOnly);
        String structure = structure(SMALL).toString();
        Nanohooke.Ended hessian = nanohooke.start("statics", structure, "--method", "hessian").await();
        assertThat(hessian.exitCode()).as(hessian.toString()).isZero();
        Nanohooke.Ended lammps = nanohooke.start("statics", structure, "--method", "lammps").await();
        assertThat(lammps.exitCode()).as(lammps.toString()).isEqualTo(BAD_INPUT);
        assertThat(lammps.err()).contains("the bundled potential Al99.eam.alloy cannot be written to " + readOnly)
                .contains("set -Djava.io.tmpdir or give --potential").doesNotContain("Exception in thread", "\tat ");
    }

    @Test
    void lammpsReadsStylesOfItsOwnFromAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("any.adp"), "no potential at all\n");
        Nanohooke.Ended ended = Nanohooke.run("statics", structure(SMALL).toString(), "--potential", file.toString(),
                "--pair-style", "adp");
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(BAD_INPUT);
        assertThat(ended.err()).contains("passed over: hessian").contains("LAMMPS refuses the potential any.adp");
    }

    @Test
    void refusesAPairStyleThatLammpsDoesNotKnow() throws IOException {
        Nanohooke.assumeLammps();
        Nanohooke.Ended ended = Nanohooke.run("statics", structure(SMALL).toString(), "--pair-style", "no/such",
                "--pair-coeff", "* *");
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(BAD_INPUT);
        assertThat(ended.err()).contains("no/such");
    }

    @Test
    void refusesAFolderThatCannotBeWrittenBeforeItCalculates() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        Nanohooke.Ended ended = Nanohooke.run("statics", structure(SMALL).toString(), "--out",
                file.resolve("results").toString());
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(BAD_INPUT);
        assertThat(ended.err()).contains("cannot write").contains("results");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void printsTheTensorEvenWhenTheDiskIsFull() throws IOException, InterruptedException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        org.junit.jupiter.api.Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", disk.toString()) == 0,
                "mounting a small disk needs root");
        try {
            Nanohooke.Ended ended = Nanohooke.run("statics", structure(SMALL).toString(), "--json", "--out",
                    disk.toString());
            assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(PARTIAL);
            assertThat(ended.out()).contains("\"stiffness\":[[");
            assertThat(ended.err()).contains("No space left").contains("cannot write");
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void halvesThatAreCutApartAreAResult() throws IOException {
        Nanohooke.assumeLammps();
        Path halves = structure("{\"cells\":[6,6,1],\"pores\":[{\"shape\":\"rectangle\",\"x\":[0,24.3],"
                + "\"y\":[4,16]}]}");
        for (String method : new String[] {"lammps", "hessian"}) {
            Nanohooke.Ended ended = Nanohooke.run("statics", halves.toString(), "--json", "--method", method);
            assertThat(ended.exitCode()).as(ended.toString()).isZero();
            assertThat(ended.out()).contains("\"outcome\":\"DISCONNECTED\"", "\"disconnected\":[\"y\"]",
                    "\"positiveDefinite\":false");
        }
    }

    @Test
    void saysHowToGetALibraryThatIsMissing() throws IOException {
        Nanohooke.assumeLammps();
        Nanohooke.Ended ended = new Nanohooke().with("NANOHOOKE_LAMMPS_LIBRARY", folder + "/liblammps.so")
                .start("statics", structure(SMALL).toString(), "--method", "lammps").await();
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(LIBRARY_MISSING);
        assertThat(ended.err()).contains("no such file").contains("liblammps-dev");
    }

    @Test
    void worksWithoutLammpsWhereLammpsIsNotNeeded() throws IOException {
        Nanohooke.assumeLammps();
        Nanohooke withoutLammps = new Nanohooke().with("NANOHOOKE_LAMMPS_LIBRARY", folder + "/liblammps.so");
        Path png = folder.resolve("image.png");
        assertThat(withoutLammps.start("image", structure(SMALL).toString(), "--out", png.toString()).await()
                .exitCode()).isZero();
        assertThat(png).isNotEmptyFile();
        Nanohooke.Ended info = withoutLammps.start("info").await();
        assertThat(info.exitCode()).isZero();
        assertThat(info.out()).contains("NOT USABLE HERE").contains("no such file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                       | which command
            statics                                  | FILE
            sample --kind stars --index 1            | stars
            sample --kind mixed                      | --index
            sample --kind mixed --index -1           | -1
            statics x.json --strain 0.5              | strain
            """)
    void explainsAWrongCall(String arguments, String expected) {
        Nanohooke.Ended ended = Nanohooke.run(arguments.isEmpty() ? new String[0] : arguments.split(" "));
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(BAD_INPUT);
        assertThat(ended.err()).contains(expected);
    }

    @Test
    void refusesAMethodThatIsNotThere() throws IOException {
        Nanohooke.assumeLammps();
        Nanohooke.Ended ended = Nanohooke.run("statics", structure(SMALL).toString(), "--method", "dft");
        assertThat(ended.exitCode()).isEqualTo(LIBRARY_MISSING);
        assertThat(ended.err()).contains("dft").contains("lammps").contains("hessian");
    }

    private Path structure(String json) throws IOException {
        return Files.writeString(folder.resolve("structure.json"), json, StandardCharsets.UTF_8);
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }
}
