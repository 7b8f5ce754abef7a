// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.potential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The formats and spellings of embedded-atom files; what the toys' tables must be is in test-data/potentials/make.py.
 */
class EamReaderTest {
    private static final double COULOMB = 27.2 * 0.529;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"head-five.eam.alloy, true", "head-three.eam.alloy, true", "one-more.eam.alloy, false",
            "dialect.eam.alloy, false", "long-lines.eam.alloy, false"})
    void spellingsOfOneFileHaveTheSameTables(String name, boolean regular) {
        EamTables tables = ToyPotentials.tables(name);
        assertSame(tables, ToyPotentials.tables("ok.eam.alloy"));
        assertThat(tables.regular()).as("LAMMPS reads it as it stands").isEqualTo(regular);
    }

    @Test
    void tablesAreThoseOfTheFormulas() {
        EamFunctions toy = ToyPotentials.tables("ok.eam.alloy").of("Al");
        double r = 200 * 0.013;
        double nearest = 4.05 / Math.sqrt(2);
        double cut = Math.pow(1 - Math.pow(r / 5.2, 4), 3);
        assertThat(toy.embedding()[100]).isCloseTo(-0.75 * Math.sqrt(10), within(1e-12));
        assertThat(toy.density()[200]).isCloseTo(Math.exp(-3 * (r / nearest - 1)) * cut, within(1e-12));
        double bond = Math.exp(-1.6 * (r - nearest));
        assertThat(toy.product()[200]).isCloseTo(r * 0.15 * (bond * bond - 1.2 * bond) * cut, within(1e-12));
        assertThat(toy.mass()).isEqualTo(26.982);
        assertThat(toy.cutoff()).isEqualTo(5.2);
    }

    @Test
    void contentTellsTheStyle() throws IOException {
        Path renamed = Files.copy(ToyPotentials.path("two.eam.fs"), folder.resolve("unnamed.txt"));
        assertThat(Potential.fromFile(renamed).pairStyle()).isEqualTo("eam/fs");
        assertThat(Potential.fromFile(ToyPotentials.path("two.eam.alloy")).pairStyle()).isEqualTo("eam/alloy");
        Potential funcfl = Potential.fromFile(ToyPotentials.path("toy.eam"));
        assertThat(funcfl.pairStyle()).isEqualTo("eam");
        assertThat(funcfl.eam().orElseThrow().elements()).containsExactly("Al");
    }

    @Test
    void everyElementOfAnFsFileFeelsItsOwnDensity() {
        EamTables fs = ToyPotentials.tables("two.eam.fs");
        EamTables alloy = ToyPotentials.tables("two.eam.alloy");
        assertThat(fs.elements()).containsExactly("Al", "Cu");
        for (String element : fs.elements()) {
            assertThat(fs.of(element).density()).containsExactly(alloy.of(element).density());
            assertThat(fs.of(element).product()).containsExactly(alloy.of(element).product());
            assertThat(fs.of(element).embedding()).containsExactly(alloy.of(element).embedding());
        }
        assertThat(fs.of("Cu").density()[100]).isCloseTo(1.3 * fs.of("Al").density()[100], within(1e-9));
        assertThat(fs.of("Cu").product()[200]).isCloseTo(1.2 * fs.of("Al").product()[200], within(1e-9));
    }

    @Test
    void chargesBecomeAPairEnergy() {
        EamFunctions toy = ToyPotentials.tables("toy.eam").of("Al");
        double r = 200 * 0.013;
        double repulsion = 0.05 * Math.exp(-1.5 * (r - 4.05 / Math.sqrt(2))) * Math.pow(1 - Math.pow(r / 5.2, 4), 3);
        assertThat(toy.product()[200]).isCloseTo(r * repulsion, within(1e-12));
        assertThat(toy.product()).as("LAMMPS resamples onto one knot less").hasSize(399);
        assertThat(ToyPotentials.tables("toy.eam").products()[0][200]).isCloseTo(Math.sqrt(r * repulsion / COULOMB),
                within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"ok.eam.alloy, eam", "toy.eam, eam/alloy", "two.eam.alloy, eam/fs", "two.eam.fs, eam/alloy"})
    void aForcedStyleRefusesFilesOfAnother(String name, String style) {
        assertThatThrownBy(() -> Potential.fromFile(ToyPotentials.path(name), style))
                .isInstanceOf(PotentialException.class).hasMessageContaining(name).hasMessageContaining("line");
    }

    @Test
    void aForcedStyleOfLammpsIsNotRead() throws IOException {
        Path any = Files.writeString(folder.resolve("any.adp"), "whatever");
        Potential potential = Potential.fromFile(any, "adp");
        assertThat(potential.eam()).isEmpty();
        assertThat(potential.file().orElseThrow().sha256()).hasSize(64);
        assertThat(potential.pairStyle()).isEqualTo("adp");
        assertThat(Potential.fromFile(ToyPotentials.path("ok.eam.alloy"), "eam/alloy/opt").eam()).isPresent();
    }

    @Test
    void numbersBehindTheTablesRefuseTheFile() {
        assertThatThrownBy(() -> ToyPotentials.tables("left-over.eam.alloy")).isInstanceOf(PotentialException.class)
                .hasMessageContaining("3 numbers are left over").hasMessageContaining("line 246");
        String angular = "0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0\n".repeat(2 * 3 * 400 / 8);
        assertThatThrownBy(() -> read(ToyPotentials.text("two.eam.alloy") + angular))
                .hasMessageContaining("ADP file").hasMessageContaining("--pair-style adp");
        EamTables words = read(ToyPotentials.text("ok.eam.alloy") + "\n# 1 2 3\nwritten by hand, 2026\n\n");
        assertSame(words, ToyPotentials.tables("ok.eam.alloy"));
    }

    @Test
    void whatElseIsInAFileIsTold() {
        String ok = ToyPotentials.text("ok.eam.alloy");
        assertThatThrownBy(() -> read(ok.replaceFirst("toy", "UNITS: real"))).hasMessageContaining("units real");
        assertSame(read(ok.replaceFirst("toy", "DATE: today UNITS: metal")), read(ok));
        assertThatThrownBy(() -> read(ok.replaceFirst("1 Al", "2 Al"))).hasMessageContaining("1 names follow");
        assertThatThrownBy(() -> read(ok.replaceFirst("400 0.1", "400.0 0.1"))).hasMessageContaining("'400.0'");
        assertThatThrownBy(() -> read(ok.replaceFirst("400 0.1", "401 0.1"))).isInstanceOf(PotentialException.class);
        assertThatThrownBy(() -> read(ok.replaceFirst("5\\.2\n", "-5.2\n"))).hasMessageContaining("cutoff");
        assertThatThrownBy(() -> read(ok.replaceFirst("0\\.013\\d* 5\\.2", "0.013e-9 5.2")))
                .hasMessageContaining("line 5").hasMessageContaining("'0.013e-9'").hasMessageContaining("billionth");
        String he = ToyPotentials.text("two.eam.fs").replaceFirst(" 5\\.2\n", " 5.2 100.0\n");
        assertThatThrownBy(() -> read(he)).hasMessageContaining("eam/he");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nan", "Infinity", "-inf", "0x1p3", "1.0f", "1e400", "1,5", "--1", "1.2.3"})
    void whatIsNoNumberIsTold(String word) {
        String ok = ToyPotentials.text("ok.eam.alloy");
        int at = ok.indexOf(' ', ok.length() / 2);
        String bad = ok.substring(0, at) + " " + word + ok.substring(ok.indexOf(' ', at + 1));
        assertThatThrownBy(() -> read(bad)).isInstanceOf(PotentialException.class)
                .hasMessageContaining("'" + word + "' is not a number").hasMessageContaining("line");
    }

    @ParameterizedTest
    @CsvSource({"1.5D-03, 1.5e-3", "1.5d+03, 1500", "+.5, 0.5", "1., 1", "1.25-103, 1.25e-103", "-2+100, -2e100"})
    void fortranNumbersAreRead(String word, double value) {
        assertThat(new TableLines("test", word.getBytes(StandardCharsets.US_ASCII)).table(1, "a value")[0])
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok.eam.alloy", "one-more.eam.alloy", "two.eam.alloy", "two.eam.fs", "toy.eam"})
    void theCanonicalFormIsTheSamePotential(String name) {
        EamTables tables = ToyPotentials.tables(name);
        EamTables again = read(tables.canonicalText());
        assertThat(again.regular()).isTrue();
        assertSame(again, tables);
    }

    @Test
    void aTableThatEndsBeforeTheCutoffIsNoMatterWhereItIsZero() {
        String ok = ToyPotentials.text("ok.eam.alloy");
        assertThat(read(ok.replaceFirst(" 5\\.2\n", " 6.0\n")).of("Al").objection()).isEmpty();
        List<String> lines = ok.replaceFirst("400 0\\.013", "300 0.013").lines().toList();
        // The first 300 knots of rho and of r phi, 60 lines each, end at 3.9 Å.
        List<String> cut = new ArrayList<>(lines.subList(0, 86));
        cut.addAll(lines.subList(86, 146));
        cut.addAll(lines.subList(166, 226));
        assertThat(read(String.join("\n", cut)).of("Al").objection()).hasValueSatisfying(reason ->
                assertThat(reason).contains("3.887").contains("5.2").contains("not zero"));
    }

    private EamTables read(String text) {
        try {
            return Potential.fromFile(Files.writeString(folder.resolve("a.potential"), text,
                    StandardCharsets.ISO_8859_1)).eam().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertSame(EamTables one, EamTables other) {
        assertThat(one.style()).isEqualTo(other.style());
        assertThat(one.elements()).isEqualTo(other.elements());
        assertThat(one.masses()).isEqualTo(other.masses());
        assertThat(one.grid()).isEqualTo(other.grid());
        for (int e = 0; e < one.elements().size(); e++) {
            assertThat(one.embedding(e)).containsExactly(other.embedding(e));
            assertThat(Arrays.deepEquals(one.densities(e), other.densities(e))).isTrue();
        }
        assertThat(Arrays.deepEquals(one.products(), other.products())).isTrue();
    }
}
