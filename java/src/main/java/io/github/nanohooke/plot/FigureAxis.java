// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.plot;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** How values lie along an axis of a {@link FigurePanel}. */
public sealed interface FigureAxis {

    /** Where a value lies: 0 at the axis' beginning, 1 at its end. */
    double place(double value);

    /** Values that get a line and a label. */
    List<Double> ticks();

    /** The label of a tick. */
    String label(double tick);

    /**
     * A linear axis with ticks at the multiples of a step.
     *
     * @param low  where it begins
     * @param high where it ends; may be the smaller of the two, as of rows that are counted from the top
     * @param step between two ticks
     */
    record Linear(double low, double high, double step) implements FigureAxis {
        /** Share of the values' range that {@link #padded} leaves free at each end. */
        private static final double PADDING = 0.04;

        /** The smallest axis of about five steps of 1, 2 or 5 times a power of ten around the values. */
        public static Linear around(double min, double max) {
            double span = max > min ? max - min : Math.max(1, Math.abs(max));
            double power = Math.pow(10, Math.floor(Math.log10(span / 5)));
            double raw = span / 5 / power;
            double step = power * (raw <= 1 ? 1 : raw <= 2 ? 2 : raw <= 5 ? 5 : 10);
            double low = step * Math.floor(min / step + 1e-9);
            double high = step * Math.ceil(max / step - 1e-9);
            return new Linear(low, high > low ? high : low + step, step);
        }

        /** From one value to another and no further, with five to twelve steps of 1, 2 or 5 times a power of ten. */
        public static Linear between(double from, double to) {
            return new Linear(from, to, Canvas.niceBelow(Math.abs(to - from) / 5));
        }

        /** As {@link #between}, with a little room around the values, so that no point lies on the frame. */
        public static Linear padded(double min, double max) {
            double span = max > min ? max - min : Math.max(1, Math.abs(max));
            return between(min - PADDING * span, Math.max(max, min + span) + PADDING * span);
        }

        @Override
        public double place(double value) {
            return (value - low) / (high - low);
        }

        @Override
        public List<Double> ticks() {
            // Rounding must not lose the ticks at the ends.
            int first = (int) Math.ceil(Math.min(low, high) / step - 1e-6);
            int last = (int) Math.floor(Math.max(low, high) / step + 1e-6);
            return IntStream.rangeClosed(first, last).mapToObj(k -> k * step).toList();
        }

        @Override
        public String label(double value) {
            int digits = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
            return String.format(Locale.ROOT, "%." + digits + "f", Math.abs(value) < step * 1e-6 ? 0 : value)
                    .replace('-', '\u2212');
        }
    }

    /**
     * A logarithmic axis with ticks at 1, 2 and 5 times powers of ten.
     *
     * @param low  where it begins, positive
     * @param high where it ends
     */
    record Logarithmic(double low, double high) implements FigureAxis {
        private static final double[] MANTISSAS = {1, 2, 5};

        /** @throws IllegalArgumentException when it does not go from a positive value upwards */
        public Logarithmic {
            if (!(low > 0 && high > low) || Double.isInfinite(high)) {
                throw new IllegalArgumentException("a logarithmic axis goes from a positive value upwards, got " + low
                        + " to " + high);
            }
        }

        /** The smallest axis around positive values that begins and ends on ticks. */
        public static Logarithmic around(double min, double max) {
            double low = candidates(min).filter(tick -> tick <= min * (1 + 1e-9)).max().orElseThrow();
            double high = candidates(max).filter(tick -> tick >= max * (1 - 1e-9) && tick > low * (1 + 1e-9)).min()
                    .orElseThrow();
            return new Logarithmic(low, high);
        }

        /** Ticks of the decade of a value and of its neighbours. */
        private static DoubleStream candidates(double value) {
            int decade = (int) Math.floor(Math.log10(value));
            return IntStream.rangeClosed(decade - 1, decade + 1).boxed()
                    .flatMapToDouble(d -> DoubleStream.of(MANTISSAS).map(m -> m * Math.pow(10, d)));
        }

        @Override
        public double place(double value) {
            return Math.log(value / low) / Math.log(high / low);
        }

        @Override
        public List<Double> ticks() {
            int first = (int) Math.floor(Math.log10(low));
            int last = (int) Math.floor(Math.log10(high) + 1e-9);
            return IntStream.rangeClosed(first, last).boxed()
                    .flatMap(d -> DoubleStream.of(MANTISSAS).mapToObj(m -> m * Math.pow(10, d)))
                    .filter(tick -> tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)).toList();
        }

        @Override
        public String label(double tick) {
            int digits = Math.max(0, (int) -Math.floor(Math.log10(tick) + 1e-9));
            return String.format(Locale.ROOT, "%." + digits + "f", tick);
        }
    }
}
