// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.frameworks;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sger;

import io.github.nanohooke.nn.Layer.Dense;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.ParameterTable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Dense layers with ReLU between them, as a user of OpenBLAS would write them: one product forward and two backward for
 * each layer; for a single image those of a matrix and a vector and of two vectors. Bias and ReLU are plain loops over
 * at most 512 numbers an image.
 */
final class OpenBlasHead implements DenseBenchmark.Head {

    /** One layer: weights [outputs][inputs], values [image][outputs], and the derivatives by them. */
    private static final class Stage implements AutoCloseable {
        private final int inputs;
        private final int outputs;
        private final float[] bias;
        private final FloatPointer weight;
        private final FloatPointer values;
        private final FloatPointer dWeight;
        private final FloatPointer dValues;
        private final float[] dBias;

        Stage(int inputs, int outputs, float[] weights, float[] bias, int images) {
            this.inputs = inputs;
            this.outputs = outputs;
            this.bias = bias;
            this.dBias = new float[outputs];
            this.weight = new FloatPointer(weights);
            this.values = new FloatPointer((long) images * outputs);
            this.dWeight = new FloatPointer((long) inputs * outputs);
            this.dValues = new FloatPointer((long) images * outputs);
        }

        @Override
        public void close() {
            weight.close();
            values.close();
            dWeight.close();
            dValues.close();
        }
    }

    private final int images;
    private final FloatPointer features;
    private final FloatPointer dFeatures;
    private final List<Stage> stages = new ArrayList<>();

    OpenBlasHead(NetworkDefinition definition, float[] parameters, float[] input, int images) {
        openblas_nolapack.blas_set_num_threads(1);
        this.images = images;
        this.features = new FloatPointer(input);
        this.dFeatures = new FloatPointer((long) input.length);
        int inputs = definition.input().size();
        List<ParameterTable.Block> blocks = definition.parameters().blocks();
        int block = 0;
        for (var layer : definition.layers()) {
            if (layer instanceof Dense dense) {
                float[] weights = values(parameters, blocks.get(block));
                float[] bias = values(parameters, blocks.get(block + 1));
                stages.add(new Stage(inputs, dense.outputs(), weights, bias, images));
                inputs = dense.outputs();
                block += 2;
            }
        }
    }

    private static float[] values(float[] parameters, ParameterTable.Block block) {
        return Arrays.copyOfRange(parameters, block.offset(), block.offset() + block.count());
    }

    @Override
    public String describe() {
        return openblas_nolapack.OPENBLAS_VERSION.strip() + ", " + openblas_nolapack.class.getPackage()
                .getImplementationTitle() + ", threads " + openblas_nolapack.blas_get_num_threads();
    }

    @Override
    public float[] forward() {
        FloatPointer in = features;
        for (Stage stage : stages) {
            if (images == 1) {
                cblas_sgemv(CblasRowMajor, CblasNoTrans, stage.outputs, stage.inputs, 1, stage.weight, stage.inputs,
                        in, 1, 0, stage.values, 1);
            } else {
                cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, images, stage.outputs, stage.inputs, 1, in,
                        stage.inputs, stage.weight, stage.inputs, 0, stage.values, stage.outputs);
            }
            activate(stage, stage != last());
            in = stage.values;
        }
        float[] results = new float[images * last().outputs];
        last().values.get(results);
        return results;
    }

    private Stage last() {
        return stages.get(stages.size() - 1);
    }

    private void activate(Stage stage, boolean relu) {
        FloatBuffer values = stage.values.asBuffer();
        for (int image = 0, i = 0; image < images; image++) {
            for (int o = 0; o < stage.outputs; o++, i++) {
                float value = values.get(i) + stage.bias[o];
                values.put(i, relu ? Math.max(0, value) : value);
            }
        }
    }

    @Override
    public void step(float[] dResults) {
        forward();
        last().dValues.put(dResults);
        for (int s = stages.size() - 1; s >= 0; s--) {
            Stage stage = stages.get(s);
            gate(stage, s < stages.size() - 1);
            FloatPointer in = s == 0 ? features : stages.get(s - 1).values;
            FloatPointer dIn = s == 0 ? dFeatures : stages.get(s - 1).dValues;
            if (images == 1) {
                stage.dWeight.zero();
                cblas_sger(CblasRowMajor, stage.outputs, stage.inputs, 1, stage.dValues, 1, in, 1, stage.dWeight,
                        stage.inputs);
                cblas_sgemv(CblasRowMajor, CblasTrans, stage.outputs, stage.inputs, 1, stage.weight, stage.inputs,
                        stage.dValues, 1, 0, dIn, 1);
            } else {
                cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, stage.outputs, stage.inputs, images, 1,
                        stage.dValues, stage.outputs, in, stage.inputs, 0, stage.dWeight, stage.inputs);
                cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, images, stage.inputs, stage.outputs, 1,
                        stage.dValues, stage.outputs, stage.weight, stage.inputs, 0, dIn, stage.inputs);
            }
        }
    }

    /** The derivative passes a ReLU where its value is positive; its sum over the images is the bias'. */
    private void gate(Stage stage, boolean relu) {
        FloatBuffer values = stage.values.asBuffer();
        FloatBuffer dValues = stage.dValues.asBuffer();
        Arrays.fill(stage.dBias, 0);
        for (int image = 0, i = 0; image < images; image++) {
            for (int o = 0; o < stage.outputs; o++, i++) {
                if (relu && !(values.get(i) > 0)) {
                    dValues.put(i, 0);
                }
                stage.dBias[o] += dValues.get(i);
            }
        }
    }

    @Override
    public float[] gradient() {
        int count = stages.stream().mapToInt(stage -> stage.inputs * stage.outputs + stage.outputs).sum();
        float[] gradient = new float[count];
        int at = 0;
        for (Stage stage : stages) {
            stage.dWeight.get(gradient, at, stage.inputs * stage.outputs);
            at += stage.inputs * stage.outputs;
            System.arraycopy(stage.dBias, 0, gradient, at, stage.outputs);
            at += stage.outputs;
        }
        return gradient;
    }

    @Override
    public void close() {
        stages.forEach(Stage::close);
        features.close();
        dFeatures.close();
    }
}
