// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures.paper;

import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.surrogate.evaluate.Evaluation;
import io.github.nanohooke.surrogate.evaluate.FamilyErrors;
import io.github.nanohooke.surrogate.trust.Reliability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Figures, tables and provenance on one HTML page that needs no other file. */
public final class ReportPage {
    private static final String STYLE = """
            body { font: 16px/1.5 Helvetica, Arial, sans-serif; color: #22262b; max-width: 68rem; margin: 2rem auto;
              padding: 0 1rem; }
            h1 { font-size: 1.8rem; } h2 { font-size: 1.3rem; margin-top: 2.2rem; }
            figure { margin: 1rem 0; } figure img { max-width: 100%; height: auto; border: 1px solid #d5d9de; }
            figcaption { color: #6b727a; font-size: .9rem; }
            table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }
            th, td { padding: .25rem .7rem; border-bottom: 1px solid #d5d9de; text-align: right; }
            th:first-child, td:first-child { text-align: left; } td, p, li { overflow-wrap: anywhere; }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; }
            table.words td { text-align: left; vertical-align: top; }
            """;

    private final StringBuilder html = new StringBuilder();

    /** @param title of the page */
    public ReportPage(String title) {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(escaped(title)).append("</title>\n<style>\n").append(STYLE)
                .append("</style>\n</head>\n<body>\n")
                .append("<h1>").append(escaped(title)).append("</h1>\n");
    }

    public ReportPage paragraph(String text) {
        html.append("<p>").append(escaped(text)).append("</p>\n");
        return this;
    }

    /** Lines as they stand. */
    public ReportPage text(String lines) {
        html.append("<pre>").append(escaped(lines)).append("</pre>\n");
        return this;
    }

    public ReportPage heading(String text) {
        html.append("<h2>").append(escaped(text)).append("</h2>\n");
        return this;
    }

    /** The cases, the network's largest errors beside the paper's. */
    public ReportPage cases(List<CaseResult> results) {
        html.append("<table>\n").append(row("th", List.of("case", "structures", "largest relative error [%]",
                "the paper's [%]", "largest error of a constant [GPa]")));
        for (CaseResult result : results) {
            html.append(row("td", List.of(result.paperCase().title(), Integer.toString(result.steps().size()),
                    number("%.1f", result.largestRelativeError()),
                    number("%.1f", result.paperCase().paper().largestRelativeError()),
                    number("%.2f", result.largestError()))));
        }
        html.append("</table>\n");
        results.forEach(result -> result.cut().ifPresent(this::paragraph));
        return paragraph("Relative errors are the largest of C11, C22 and C33 where statics gives more than 1 GPa, of "
                + "the bulk modulus for the size effect, as in the paper.").sizes(results);
    }

    private ReportPage sizes(List<CaseResult> results) {
        html.append("<ul>\n");
        results.forEach(r -> html.append("<li>").append(escaped(r.paperCase().title() + ": sizes: "
                + r.paperCase().sizes())).append("</li>\n"));
        html.append("</ul>\n");
        return this;
    }

    public ReportPage errors(Evaluation evaluation, List<FamilyErrors> families) {
        html.append("<table>\n").append(row("th", List.of("constant", "RMSE [GPa]", "mean |error| [GPa]",
                "RMSE of the mean of " + evaluation.baseline() + " [GPa]")));
        evaluation.constants().forEach((name, e) -> html.append(row("td", List.of(name, format("%.3f", e.rmse()),
                format("%.3f", e.meanAbsolute()), format("%.2f", e.baselineRmse())))));
        html.append(row("td", List.of("all", format("%.3f", evaluation.overall().rmse()),
                format("%.3f", evaluation.overall().meanAbsolute()),
                format("%.2f", evaluation.overall().baselineRmse())))).append("</table>\n<table>\n");
        html.append(row("th", List.of("family", "samples", "RMSE [GPa]", "largest [GPa]", "relative, median [%]",
                "95th percentile [%]")));
        families.forEach(f -> html.append(row("td", List.of(f.family(), Integer.toString(f.samples()),
                format("%.3f", f.rmse()), format("%.2f", f.largest()), format("%.2f", 100 * f.relativeMedian()),
                format("%.2f", 100 * f.relative95())))));
        html.append("</table>\n");
        return this;
    }

    public ReportPage reliability(Reliability reliability) {
        html.append("<table>\n").append(row("th", List.of("--max-uncertainty [GPa]", "the network answers [%]",
                "ends within the limit [%]", "RMSE of its answers [GPa]")));
        reliability.triage().forEach(t -> html.append(row("td", List.of(format("%.2f", t.limit()),
                format("%.1f", 100 * t.answered()), format("%.1f", 100 * t.within()),
                Optional.ofNullable(t.rmse()).map(value -> format("%.3f", value)).orElse("-")))));
        html.append("</table>\n");
        return this;
    }

    /** Pictures of a folder, in the page itself. */
    public ReportPage figures(Path folder, List<PaperFigures.Written> figures) {
        for (PaperFigures.Written figure : figures) {
            try {
                html.append("<figure id=\"").append(figure.id()).append("\"><img alt=\"")
                        .append(escaped(figure.title())).append("\" src=\"data:image/png;base64,")
                        .append(Base64.getEncoder().encodeToString(Files.readAllBytes(figure.png(folder))))
                        .append("\"><figcaption>").append(escaped(figure.title())).append(". Numbers: ")
                        .append(figure.id()).append(".csv</figcaption></figure>\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    /** What all of it rests on. */
    public ReportPage provenance(Map<String, String> entries) {
        html.append("<table class=\"words\">\n");
        entries.forEach((name, value) -> html.append(row("td", List.of(name, value))));
        html.append("</table>\n");
        return this;
    }

    /** @throws io.github.nanohooke.io.FileWriteException when it cannot be written */
    public void write(Path file) {
        AtomicFile.writeText(file, html + "</body>\n</html>\n");
    }

    private static String row(String cell, List<String> texts) {
        StringBuilder row = new StringBuilder("<tr>");
        texts.forEach(text -> row.append('<').append(cell).append('>').append(escaped(text)).append("</").append(cell)
                .append('>'));
        return row.append("</tr>\n").toString();
    }

    private static String number(String format, OptionalDouble value) {
        return value.isPresent() ? format(format, value.getAsDouble()) : "-";
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
