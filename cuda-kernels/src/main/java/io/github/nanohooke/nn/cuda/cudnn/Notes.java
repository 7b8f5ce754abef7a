// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda.cudnn;

import static org.bytedeco.cuda.global.cudnn.CUDNN_NUMERICAL_NOTE_DOWN_CONVERT_INPUTS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_NUMERICAL_NOTE_FFT;
import static org.bytedeco.cuda.global.cudnn.CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_NUMERICAL_NOTE_REDUCED_PRECISION_REDUCTION;
import static org.bytedeco.cuda.global.cudnn.CUDNN_NUMERICAL_NOTE_STRICT_NAN_PROP;
import static org.bytedeco.cuda.global.cudnn.CUDNN_NUMERICAL_NOTE_TENSOR_CORE;

import io.github.nanohooke.nn.Precision;
import java.util.List;
import java.util.Optional;

/** cuDNN's numerical notes of an engine: their names, and which of them a precision does not allow. */
final class Notes {
    private Notes() {
    }

    static String name(int note) {
        if (note == CUDNN_NUMERICAL_NOTE_TENSOR_CORE) {
            return "tensor core";
        } else if (note == CUDNN_NUMERICAL_NOTE_DOWN_CONVERT_INPUTS) {
            return "down-converts inputs";
        } else if (note == CUDNN_NUMERICAL_NOTE_REDUCED_PRECISION_REDUCTION) {
            return "reduced-precision sums";
        } else if (note == CUDNN_NUMERICAL_NOTE_FFT) {
            return "FFT";
        } else if (note == CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC) {
            return "nondeterministic";
        } else if (note == CUDNN_NUMERICAL_NOTE_STRICT_NAN_PROP) {
            return "strict NaN";
        }
        return "Winograd or other, " + note;
    }

    /**
     * Why an engine with these notes must not compute in that precision: the same bits every run are asked for always,
     * and single precision means no tensor cores, which would round the factors to TF32.
     */
    static Optional<String> refusal(List<Integer> notes, Precision precision) {
        List<Integer> refused = switch (precision) {
            case FP32 -> List.of(CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC, CUDNN_NUMERICAL_NOTE_TENSOR_CORE,
                    CUDNN_NUMERICAL_NOTE_DOWN_CONVERT_INPUTS, CUDNN_NUMERICAL_NOTE_REDUCED_PRECISION_REDUCTION);
            case TF32 -> List.of(CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC, CUDNN_NUMERICAL_NOTE_DOWN_CONVERT_INPUTS,
                    CUDNN_NUMERICAL_NOTE_REDUCED_PRECISION_REDUCTION);
            case BF16 -> List.of(CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC,
                    CUDNN_NUMERICAL_NOTE_REDUCED_PRECISION_REDUCTION);
        };
        return notes.stream().filter(refused::contains).findFirst().map(note -> "not in " + precision.label() + ": "
                + name(note));
    }
}
