#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# install_test.sh CMAKE BUILD FOLDER CC: installs the C interface, then builds and runs the example against what lies
# there, found by pkg-config, after the whole folder was moved.
set -eu
cmake=$1 build=$2 folder=$3 cc=$4
rm -rf "$folder" "$folder-moved"
"$cmake" --install "$build" --component c --prefix "$folder" >/dev/null
mv "$folder" "$folder-moved"
export PKG_CONFIG_PATH="$folder-moved/lib/pkgconfig"
share=$(pkg-config --variable=models nanohooke_c | sed 's/\\\(.\)/\1/g') # some versions escape blanks
flags=$(pkg-config --cflags --libs nanohooke_c) # words, with blanks of a path escaped
eval "\"\$cc\" -o \"\$folder-moved/predict\" \"\$share/examples/c/predict.c\" $flags"
model=$share/nanohooke-al.safetensors
[ -e "$model" ] || { echo "no model was installed"; exit 0; }
LD_LIBRARY_PATH="$folder-moved/lib" "$folder-moved/predict" "$model"
rm -rf "$folder-moved"
