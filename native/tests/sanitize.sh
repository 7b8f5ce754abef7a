#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# sanitize.sh address|thread|fuzz [FOLDER]: builds the kernels and their C++ tests with sanitizers and runs the tests.
#
# address: memory and undefined behaviour. thread: races, the tests of what has threads. fuzz: the readers of files by
# libFuzzer, each for half a minute; without clang's it ends with 77, and the committed corpus is in the other kinds.
set -eu
kind=${1:-address}
native=$(cd "$(dirname "$0")/.." && pwd)
folder=${2:-$native/target/sanitized-$kind}
case $kind in
  address)
    flags="-fsanitize=address,undefined -fno-sanitize-recover=undefined"
    targets="potential_test forces_test derivatives_test cholesky_test components_test tensor_test api_test"
    targets="$targets iterative_test hyperelastic_test workers_test columns_test repeated_test large_test memory_test"
    targets="$targets sparse_solver_test network_api_test network_binary_test network_fft_test network_training_test"
    targets="$targets capi_reader_test capi_api_inside_test capi_fuzz_test fuzz_model fuzz_potential"
    statics='(potential|forces|derivatives|cholesky|components|tensor|api|sparse_solver|iterative|hyperelastic)_test'
    large='(workers|columns|repeated|large|memory)_test'
    tests="^($statics|$large|network[.](api|binary|fft|training)_test|capi[.](reader_test|api_inside_test|fuzz_.*))\$"
    ;;
  thread)
    flags=-fsanitize=thread
    targets="network_api_test network_training_test sparse_solver_test capi_api_inside_test"
    targets="$targets workers_test columns_test repeated_test large_test"
    tests='^((sparse_solver|workers|columns|repeated|large)_test|capi[.]api_inside_test|network[.](api|training)_test)$'
    ;;
  fuzz)
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    if ! echo 'extern "C" int LLVMFuzzerTestOneInput(const char*, unsigned long) { return 0; }' |
      clang++ -x c++ -fsanitize=fuzzer,address,undefined - -o "$work/probe" 2>/dev/null; then
      echo "no clang with libFuzzer here: the readers are tested by the committed corpus alone"
      exit 77
    fi
    CXX=clang++ cmake -S "$native" -B "$folder" -DCMAKE_BUILD_TYPE=Release
    cmake --build "$folder" -j2 --target fuzz_model fuzz_potential
    # Side by side; what each finds goes there, not into the tree.
    fuzz() { # TARGET
      mkdir "$work/$1"
      cd "$work"
      exec "$folder/tests/capi/fuzz_$1" -max_total_time=30 -print_final_stats=1 "$work/$1" \
        "$native/tests/capi/corpus/$1"
    }
    (fuzz model) >"$work/model.log" 2>&1 &
    model=$!
    (fuzz potential) >"$work/potential.log" 2>&1 &
    code=0
    wait "$!" || code=$?
    wait "$model" || code=$?
    cat "$work/model.log" "$work/potential.log"
    [ "$code" -eq 0 ] || exit "$code"
    exit 0
    ;;
  *)
    echo "sanitize.sh address|thread|fuzz [FOLDER]" >&2
    exit 2
    ;;
esac
# The straight-line code of the transforms is compiled once, without sanitizers, and serves here if nothing that it is
# made of has changed since.
ordinary=$native/target/cmake
object=$ordinary/CMakeFiles/nh_network_plain.dir/src/fft/line_kernels.cpp.o
[ -e "$object" ] && changed=$(find "$native/src/fft" "$native/src/simd" "$native/network.cmake" -newer "$object") &&
  [ -z "$changed" ] || ordinary=
cmake -S "$native" -B "$folder" -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS="$flags -g1" \
  -DNANOHOOKE_SANITIZED=ON -DNANOHOOKE_ORDINARY="$ordinary"
# shellcheck disable=SC2086 # a list of targets
cmake --build "$folder" -j2 --target $targets
cd "$folder"
ctest -j2 --output-on-failure --no-tests=error -R "$tests"
