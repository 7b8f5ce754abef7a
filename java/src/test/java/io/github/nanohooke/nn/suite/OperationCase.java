// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.suite;

import io.github.nanohooke.nn.Head;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.Layer;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.Objective;
import io.github.nanohooke.nn.Padding;
import io.github.nanohooke.nn.ParameterTable;
import io.github.nanohooke.nn.Shape;
import io.github.nanohooke.random.Xoshiro256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One problem that every backend must solve, complete in one line of text, for example
 * {@code 1x16x16 conv20p3 relu pool dense4 head=direct batch=2 images=floats seed=1}: the input, the layers (conv, side
 * of the kernel, z for zero or p for periodic padding, outputs), the head (direct or factor) and the
 * loss (squared or relative) of training steps, the batch and the seed of all its numbers.
 *
 * @param text         the line
 * @param definition   the network of the line
 * @param factor       whether the head is the square of a triangular factor, see {@link #triangular()}
 * @param relative     whether training steps minimise {@link #objective()}, not the squared error
 * @param batch        number of images
 * @param bits         whether the images are bit-packed
 * @param seed         of parameters, images and targets
 * @param tolerance    largest error allowed, relative to the largest value of the compared array
 */
public record OperationCase(String text, NetworkDefinition definition, boolean factor, boolean relative,
        int batch, boolean bits, long seed, double tolerance) {

    private static final Pattern INPUT = Pattern.compile("(\\d+)x(\\d+)x(\\d+)");
    private static final Pattern CONVOLUTION = Pattern.compile("conv(\\d+)([zp])(\\d+)");
    private static final Pattern DENSE = Pattern.compile("dense(\\d+)");
    private static final Pattern OPTION = Pattern.compile("(head|loss|batch|images|seed)=(\\w+)");

    /**
     * Single precision leaves a few 1e-7 of the largest value after sums over up to 2400 products; 2e-5 has room for
     * another order of summation and for transforms, and none for a wrong pixel.
     */
    private static final double SINGLE_PRECISION = 2e-5;

    private static final double FLOOR = 0.2;
    private static final double KNEE = 0.4;

    /** The case of a line. */
    public static OperationCase parse(String text) {
        Shape input = null;
        List<Layer> layers = new ArrayList<>();
        int batch = 1;
        boolean bits = false;
        boolean factor = false;
        boolean relative = false;
        long seed = 1;
        for (String word : text.trim().split("\\s+")) {
            Matcher m;
            if ((m = INPUT.matcher(word)).matches()) {
                input = new Shape(number(m, 1), number(m, 2), number(m, 3));
            } else if ((m = CONVOLUTION.matcher(word)).matches()) {
                Padding padding = m.group(2).equals("z") ? Padding.ZERO : Padding.PERIODIC;
                layers.add(new Layer.Convolution(number(m, 1), number(m, 3), padding));
            } else if ((m = DENSE.matcher(word)).matches()) {
                layers.add(new Layer.Dense(number(m, 1)));
            } else if (word.equals("relu")) {
                layers.add(new Layer.Relu());
            } else if (word.equals("pool")) {
                layers.add(new Layer.MaxPool());
            } else if ((m = OPTION.matcher(word)).matches()) {
                switch (m.group(1)) {
                    case "head" -> factor = m.group(2).equals("factor");
                    case "loss" -> relative = m.group(2).equals("relative");
                    case "batch" -> batch = number(m, 2);
                    case "seed" -> seed = number(m, 2);
                    default -> bits = m.group(2).equals("bits");
                }
            } else {
                throw new IllegalArgumentException("no such word in a case: " + word);
            }
        }
        return new OperationCase(text, new NetworkDefinition("case", input, layers), factor, relative, batch,
                bits, seed, SINGLE_PRECISION);
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /** The command that runs this case alone. */
    public String reproduce(Class<?> suite) {
        return command(suite.getSimpleName()) + " -Dnanohooke.case='" + text + "'";
    }

    /** The command that runs these tests alone, with the modules that they need. */
    static String command(String tests) {
        return "mvn -q -pl java -am package -Dsurefire.failIfNoSpecifiedTests=false -Dtest=" + tests;
    }

    /**
     * Parameters: weights of variance 1 / fan-in and positive biases, so that ReLUs are on and off in turn and none of
     * the results is near zero throughout.
     */
    public float[] parameters() {
        ParameterTable table = definition.parameters();
        float[] values = new float[table.count()];
        Xoshiro256 random = new Xoshiro256(seed, 1);
        for (ParameterTable.Block block : table.blocks()) {
            boolean weights = block.kind() == ParameterTable.Kind.WEIGHT;
            random.fillNormal(values, block.offset(), block.offset() + block.count(),
                    weights ? Math.sqrt(1.0 / block.fanIn()) : 0.2);
            for (int i = block.offset(); !weights && i < block.offset() + block.count(); i++) {
                values[i] = Math.abs(values[i]);
            }
        }
        return values;
    }

    /**
     * The images. Continuous values have no two equal sums, so no maximum is a tie. Random bits have none either where
     * a kernel sees enough of them: the cases with bits and a pool use kernels of at least 5 x 5.
     */
    public ImageBatch images() {
        Xoshiro256 random = new Xoshiro256(seed, 2);
        if (bits) {
            byte[] data = new byte[batch * definition.input().packedBytes()];
            for (int i = 0; i < data.length; i++) {
                data[i] = (byte) random.nextLong();
            }
            return ImageBatch.bits(batch, data);
        }
        float[] data = new float[batch * definition.input().size()];
        random.fillNormal(data, 0, data.length, 1);
        return ImageBatch.floats(batch, data);
    }

    /** The factor of a case with {@code head=factor}. */
    public TriangularFactor triangular() {
        float[] offset = new float[definition.outputs()];
        new Xoshiro256(seed, 6).fillNormal(offset, 0, offset.length, 0.5);
        double[] offsets = new double[offset.length];
        Arrays.setAll(offsets, k -> offset[k]);
        return TriangularFactor.rowByRow(offsets, 0.7);
    }

    /** What follows the last layer in a training step. */
    public Head head() {
        return factor ? triangular().head() : Head.DIRECT;
    }

    /** What a training step minimises: relative, about targets that are not zero. */
    public Objective objective() {
        return relative ? new Objective.Relative(zero(), FLOOR, KNEE) : Objective.SQUARED;
    }

    private List<Double> zero() {
        return IntStream.range(0, definition.outputs()).mapToObj(k -> 0.3 * Math.cos(k)).toList();
    }

    /** What a step minimises of these values [image][output], by another way than backends take. */
    public double minimised(double[] values, float[] targets) {
        int outputs = definition.outputs();
        double mean = 0;
        for (int image = 0; image < batch; image++) {
            double squares = 0;
            double size = relative ? 0 : outputs;
            for (int k = 0; k < outputs; k++) {
                double target = targets[image * outputs + k];
                squares += Math.pow(values[image * outputs + k] - target, 2);
                size += relative ? Math.pow(target - zero().get(k), 2) + FLOOR * FLOOR : 0;
            }
            mean += (relative ? Math.hypot(Math.sqrt(squares / size), KNEE) : squares / size) / batch;
        }
        return mean;
    }

    /** The head's values of one image, by another way than backends take. */
    public double[] values(double[] raw) {
        return factor ? triangular().values(raw) : raw;
    }

    /** Numbers for targets or for derivatives by the results. */
    public float[] results(int stream) {
        float[] values = new float[batch * definition.outputs()];
        new Xoshiro256(seed, 3, stream).fillNormal(values, 0, values.length, 1);
        return values;
    }

    /** Images from ... to - 1 of a batch of this case. */
    public ImageBatch part(ImageBatch images, int from, int to) {
        if (images instanceof ImageBatch.Bits b) {
            int size = definition.input().packedBytes();
            return ImageBatch.bits(to - from, Arrays.copyOfRange(b.data(), from * size, to * size));
        }
        int size = definition.input().size();
        float[] data = ((ImageBatch.Floats) images).data();
        return ImageBatch.floats(to - from, Arrays.copyOfRange(data, from * size, to * size));
    }

    @Override
    public String toString() {
        return text;
    }
}
