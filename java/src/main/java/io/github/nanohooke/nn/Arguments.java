// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

/** Checks of what callers give to a {@link NetworkSession}, once for all backends. */
final class Arguments {
    private final NetworkDefinition definition;
    private final SessionOptions options;
    private final int parameterCount;

    Arguments(NetworkDefinition definition, SessionOptions options) {
        this.definition = definition;
        this.options = options;
        this.parameterCount = definition.parameters().count();
    }

    void requireImages(ImageBatch images) {
        if (images.count() < 1 || images.count() > options.maxBatch()) {
            throw new IllegalArgumentException("a batch of this session has 1 to " + options.maxBatch()
                    + " images, got " + images.count());
        }
        Shape input = definition.input();
        if (images instanceof ImageBatch.Bits bits) {
            if (input.channels() != 1) {
                throw new IllegalArgumentException("bit-packed images have one channel, network " + definition.name()
                        + " takes " + input);
            }
            requireAtLeast("images", bits.data().length, (long) images.count() * input.packedBytes(), "bytes");
        } else if (images instanceof ImageBatch.Floats floats) {
            requireAtLeast("images", floats.data().length, (long) images.count() * input.size(), "values");
        }
    }

    void requireParameterArray(String what, float[] values) {
        if (values.length != parameterCount) {
            throw new IllegalArgumentException(what + " of network " + definition.name() + " are " + parameterCount
                    + " values, got " + values.length);
        }
    }

    void requireFinite(String what, float[] values) {
        if (ParameterTable.areFinite(values)) {
            return;
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(what + " " + i + " (" + blockOf(i) + ") is " + values[i]);
            }
        }
    }

    private String blockOf(int index) {
        return definition.parameters().blocks().stream()
                .filter(b -> index < b.offset() + b.count())
                .findFirst().orElseThrow().name();
    }

    static void requireLength(String what, float[] values, long needed) {
        requireAtLeast(what, values.length, needed, "values");
    }

    private static void requireAtLeast(String what, int length, long needed, String unit) {
        if (length < needed) {
            throw new IllegalArgumentException(what + " need " + needed + " " + unit + ", the array has " + length);
        }
    }

    static void requireRate(float rate) {
        if (!(rate >= 0) || Float.isInfinite(rate)) {
            throw new IllegalArgumentException("the learning rate must be finite and not negative, got " + rate);
        }
    }

    void requireTrainingSet(TrainingSet set) {
        Shape input = definition.input();
        if (input.channels() != 1 || input.height() != input.width()) {
            throw new IllegalArgumentException("a training set has square images of one channel, network "
                    + definition.name() + " takes " + input);
        }
        if (set.size() < 1) {
            throw new IllegalArgumentException("a training set needs at least one sample");
        }
    }

    void requireStretch(TrainingSet set, long[] codes, int batch, float[] rates, double[] losses) {
        if (batch < 1 || batch > options.maxBatch()) {
            throw new IllegalArgumentException("a step of this session takes 1 to " + options.maxBatch()
                    + " images, got " + batch);
        }
        int steps = (codes.length + batch - 1) / batch;
        if (steps < 1 || rates.length != steps || losses.length < steps) {
            throw new IllegalArgumentException(codes.length + " images in batches of " + batch + " are " + steps
                    + " steps, got " + rates.length + " rates and room for " + losses.length + " losses");
        }
        for (float rate : rates) {
            requireRate(rate);
        }
        for (long code : codes) {
            ImageCode image = ImageCode.of(code);
            if (image.sample() >= set.size()) {
                throw new IllegalArgumentException(image + " names none of the " + set.size() + " samples");
            }
        }
    }
}
