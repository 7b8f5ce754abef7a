// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cuda.presets;

import org.bytedeco.javacpp.annotation.NoException;
import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.javacpp.tools.Info;
import org.bytedeco.javacpp.tools.InfoMap;
import org.bytedeco.javacpp.tools.InfoMapper;

/** Tells JavaCPP how to bind the headers of the library; the classes in {@code cuda} are generated from them. */
@Properties(
        value = @Platform(value = "linux-x86_64", include = {"nanohooke/cuda.h", "nanohooke/cuda_cudnn.h"},
                link = "nanohookecuda"),
        target = "io.github.nanohooke.cuda",
        global = "io.github.nanohooke.cuda.global.nanohookecuda")
@NoException
public class nanohookecuda implements InfoMapper {

    @Override
    public void map(InfoMap infoMap) {
        infoMap.put(new Info("NHC_API").cppTypes().annotations())
                .put(new Info("NANOHOOKE_CUDA_H", "NANOHOOKE_CUDA_CUDNN_H").skip());
    }
}
