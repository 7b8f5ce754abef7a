// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.predict;

import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.onnx.OnnxExport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Write a trained network for other programs, as ONNX (opset 19).",
        footer = {
            "",
            "Input 'image': float32 [batch][1][rows][columns], 1 solid and 0 pore; output 'constants': float32",
            "[batch][13] in GPa, the output head included.",
            "",
            "In Python:",
            "  s = onnxruntime.InferenceSession('model.onnx')",
            "  constants = s.run(None, {'image': image[None, None].astype('float32')})[0]",
            "",
            "Example:",
            "  nanohooke export model.safetensors --onnx model.onnx"
        })
public final class ExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "Trained network (.safetensors).")
    private Path model;

    @Option(names = "--onnx", required = true, paramLabel = "FILE", description = "ONNX file to write.")
    private Path onnx;

    @Override
    public Integer call() {
        OnnxExport.write(ModelFile.read(model), onnx);
        return ExitCodes.OK;
    }
}
