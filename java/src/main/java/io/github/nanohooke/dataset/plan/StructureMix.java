// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.plan;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.structure.RandomStructures.Kind;
import io.github.nanohooke.structure.StructureException;
import io.github.nanohooke.structure.source.StructureSource;
import io.github.nanohooke.structure.source.StructureSources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which families a dataset draws from, and how many of each. Families take turns in proportion to their counts, so that
 * any stretch of the dataset has its share of each: one that was broken off is a smaller dataset of the same kind.
 */
public final class StructureMix {
    private final Map<StructureSource, Integer> counts;
    private final int total;
    /** Family and its own index for each sample; empty where there is one family. */
    private final byte[] family;
    private final int[] own;
    private final List<StructureSource> sources;

    /**
     * A sample of a family.
     *
     * @param index its number in the family
     */
    public record Place(StructureSource source, long index) {
    }

    private StructureMix(Map<StructureSource, Integer> counts) {
        this.counts = counts;
        this.sources = List.copyOf(counts.keySet());
        this.total = counts.values().stream().mapToInt(Integer::intValue).sum();
        this.family = new byte[sources.size() == 1 ? 0 : total];
        this.own = new int[family.length];
        int[] taken = new int[sources.size()];
        for (int k = 0; k < family.length; k++) {
            // Whoever is farthest behind its share; the first of several.
            int next = 0;
            double farthest = Double.NEGATIVE_INFINITY;
            for (int s = 0; s < taken.length; s++) {
                double behind = (double) counts.get(sources.get(s)) * (k + 1) / total - taken[s];
                if (behind > farthest) {
                    farthest = behind;
                    next = s;
                }
            }
            family[k] = (byte) next;
            own[k] = taken[next]++;
        }
    }

    /** One family. */
    public static StructureMix of(StructureSource source, int count) {
        return new StructureMix(Map.of(source, count));
    }

    /** One of the paper's kinds. */
    public static StructureMix of(Kind kind, int count) {
        return of(StructureSources.of(kind), count);
    }

    /**
     * Of a text as {@code circles=4500,polygons=3000}, or of one name with a count beside it.
     *
     * @param count samples in all, where the text is one name without a number; null where none is told
     * @throws DatasetException when the text is none, or contradicts the count
     */
    public static StructureMix parse(String text, Integer count) {
        Map<StructureSource, Integer> counts = new LinkedHashMap<>();
        String[] items = text.split(",", -1);
        for (String item : items) {
            String[] words = item.split("=", -1);
            if (words.length > 2 || words.length == 1 && (items.length > 1 || count == null)) {
                throw new DatasetException("'" + text + "' does not say how many samples there are of each kind; write"
                        + " for example circles=4500,polygons=3000, or one kind and its count");
            }
            try {
                int samples = words.length == 1 ? count : Integer.parseInt(words[1]);
                if (samples < 1) {
                    throw new DatasetException("a dataset has at least one sample of each kind, got " + samples + " of "
                            + words[0]);
                }
                if (counts.put(StructureSources.of(words[0]), samples) != null) {
                    throw new DatasetException("the kind " + words[0] + " is there twice in '" + text + "'");
                }
            } catch (NumberFormatException e) {
                throw new DatasetException("'" + words[1] + "' in '" + text + "' is no number of samples", e);
            } catch (StructureException e) {
                throw new DatasetException(e.getMessage(), e);
            }
        }
        long total = counts.values().stream().mapToLong(Integer::longValue).sum();
        if (count != null && total != count) {
            throw new DatasetException("'" + text + "' are " + total + " samples, but the count is " + count);
        }
        if (total > Integer.MAX_VALUE) {
            throw new DatasetException("'" + text + "' are more samples than a dataset holds");
        }
        return new StructureMix(counts);
    }

    /** The families. */
    public List<StructureSource> sources() {
        return sources;
    }

    /** Samples of all families. */
    public int total() {
        return total;
    }

    /** Which sample of which family a sample of the dataset is. */
    public Place place(long index) {
        if (family.length == 0) {
            return new Place(sources.get(0), index);
        }
        if (index < 0 || index >= total) {
            throw new DatasetException("sample " + index + " is none of 0 to " + (total - 1));
        }
        return new Place(sources.get(family[(int) index]), own[(int) index]);
    }

    /** One family's name; of several as {@link #parse} reads them. */
    public String label() {
        return sources.size() == 1 ? sources.get(0).id() : counts.entrySet().stream()
                .map(entry -> entry.getKey().id() + "=" + entry.getValue()).collect(Collectors.joining(","));
    }

    /** What the families' structures depend on, by family; the paper's kinds have no parameters of their own here. */
    Map<String, Object> parameters() {
        Map<String, Object> all = new LinkedHashMap<>();
        List<String> papers = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            papers.add(kind.label());
        }
        sources.stream().filter(source -> !papers.contains(source.id()))
                .forEach(source -> all.put(source.id(), source.parameters()));
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StructureMix that && label().equals(that.label()) && total == that.total;
    }

    @Override
    public int hashCode() {
        return label().hashCode();
    }

    @Override
    public String toString() {
        return label();
    }
}
