#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# stubs.sh PRESETS SONAME OUT [SOURCE...]: a stub for every function that the presets import from a library of NVIDIA's
# and the sources do not have, and the version script of all of them. A stub says its name and returns an error: without
# it a call would end the process.
set -euo pipefail
presets=$1 soname=$2 out=$3
shift 3
case $soname in
    libcuda.so.1) version='' status=801 ;;
    libcudart.so.*) version=$soname status=801 ;;
    libcublas*) version=$soname status=15 ;;
    *) version=$soname status=3000 ;;
esac
names=$(nm -D --undefined-only "$presets"/libjni{cudart,cublas,cudnn}.so | awk -v version="$version" '
    $1 == "U" && $2 ~ /^cu/ { n = split($2, part, "@"); if ((n > 1 ? part[n] : "") == version) print part[1] }' |
    sort -u)
present=' '
[ $# -eq 0 ] || present=" $(cat "$@" | grep -oE '\bcu[A-Za-z0-9_]+\(' | tr -d '(' | sort -u | tr '\n' ' ')"
{
    echo '#include <cstdio>'
    echo 'namespace {'
    echo '[[maybe_unused]] int missing(const char* name) {'
    echo "    std::fprintf(stderr, \"%s: $soname, the stand-in for tests, does not have it\\n\", name);"
    echo "    return $status;"
    echo '}'
    echo '}'
    echo 'extern "C" {'
    for name in $names; do
        [[ $present == *" $name "* ]] || echo "int $name() { return missing(\"$name\"); }"
    done
    echo '}'
} > "$out.stubs.cpp"
echo "$version { global: $(echo "$names" | sed 's/$/;/' | tr '\n' ' ') standin_*; local: *; };" > "$out.map"
