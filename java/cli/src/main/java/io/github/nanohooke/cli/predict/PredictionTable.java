// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.predict;

import io.github.nanohooke.cli.statics.ResultTable;
import io.github.nanohooke.cli.structure.ImageInput;
import io.github.nanohooke.cli.structure.StructureInput;
import io.github.nanohooke.statics.Warning;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.surrogate.evaluate.TestErrors;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.trust.Uncertainty;
import java.util.Locale;
import java.util.Optional;

/** A prediction for people. */
final class PredictionTable {
    private PredictionTable() {
    }

    static String of(PredictedFile file) {
        ImageInput input = file.input();
        ElasticSurrogate surrogate = file.surrogate();
        StringBuilder text = new StringBuilder();
        ResultTable.line(text, "structure", input.name() + input.atoms().map(atoms -> ", " + cell(atoms)).orElse("")
                + ResultTable.percent(", porosity ", input.porosity())
                + ResultTable.percent(", dispersion ", input.atoms().flatMap(StructureInput::dispersion)));
        ResultTable.line(text, "image", input.state().label() + ", " + input.shows().label()
                + " structure, " + input.image()
                + file.takenAs().map(cell -> ", taken as " + cell).orElse(""));
        ResultTable.line(text, "outcome", file.outcome() + ": " + file.explanation());
        input.relaxed().ifPresent(result -> ResultTable.line(text, "minimum",
                ResultTable.minimum(result) + ", by " + result.method()));
        ResultTable.line(text, "model", surrogate.name() + ", network " + surrogate.definition().name());
        ResultTable.line(text, "answered by", file.answer().map(result -> "statics, method " + result.method()
                + ", since the network was not sure").orElse("the network, learnt from " + surrogate.shows().label()
                        + " structures"));
        file.prediction().uncertainty().ifPresent(u -> ResultTable.line(text, "uncertainty", uncertainty(u)
                + (file.answer().isPresent() ? "; of the network's answer, which is not shown" : "")));
        if (file.answer().isEmpty()) {
            ResultTable.line(text, "error", errors(surrogate.testErrors(input.shows()), file.prediction().expected()));
        }
        for (Warning warning : file.warnings()) {
            ResultTable.line(text, "warning", warning.message());
        }
        ResultTable.line(text, "backend", surrogate.backend());
        ResultTable.line(text, "effort", String.format(Locale.ROOT, "%.2f ms an image in the network",
                1e3 * file.seconds()));
        ResultTable.tensor(text, file.tensor(), file.isExtruded(), "");
        return text.toString();
    }

    private static String uncertainty(Uncertainty uncertainty) {
        return String.format(Locale.ROOT, uncertainty.basis() == Uncertainty.Basis.CALIBRATED
                ? "%.2f GPa: no constant is off by more in %.0f of 100 structures like its validation part's"
                : "%.1f GPa: nothing like this was among the structures that it was calibrated by",
                uncertainty.gpa(), 100 * uncertainty.level());
    }

    private static String errors(Optional<TestErrors> test, Optional<TestErrors.AtPorosity> expected) {
        return test.map(errors -> expected.map(here -> String.format(Locale.ROOT, "%.2f GPa (RMSE of a constant) at "
                + "porosities of %d to %d %%, ", here.rmse(), here.from(), here.to()))
                .orElse("unknown at this porosity, ") + String.format(Locale.ROOT,
                "%.2f GPa over all of %d structures that it never saw", errors.rmse(),
                        errors.samples()))
                .orElse("unknown: the model's file does not tell; 'nanohooke evaluate --store' measures it");
    }

    private static String cell(StructureInput input) {
        Cell cell = input.atoms().cell();
        return String.format(Locale.ROOT, "%d atoms in %.1f x %.1f Å", input.atoms().count(), cell.length(0),
                cell.length(1));
    }
}
