#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The launcher and its builds on machines that are not the developer's: locales, file names, two builds at once, trees
# that were moved, copied or belong to another user, no LAMMPS, caches that cannot be used.
#
#   test-data/launcher/launcher-test.sh          in a built tree; some minutes, most of them the build of a copy
#
# What needs root (other users, mounts) is skipped without it, and said. Nothing outside of a temporary folder changes.
# shellcheck disable=SC2016 # commands for bash -c
set -euo pipefail

source_tree=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/nanohooke-launcher-XXXXXX")
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
tree="$work/nano hookü"
passed=0 failed=0 skipped=0
root=$([ "$(id -u)" -eq 0 ] && echo yes || echo no)

say() { printf 'launcher-test: %s\n' "$*" >&2; }

# check NAME COMMAND...: one test; its output is shown where it fails. A command that ends with 77 is skipped.
check() {
  local name=$1 code
  shift
  set +e # in a list of || the shell would go on after a failure inside of the test too
  (set -e; "$@") >"$work/log" 2>&1
  code=$?
  set -e
  case $code in
    0) passed=$((passed + 1)) && say "ok      $name" ;;
    77) skipped=$((skipped + 1)) && say "skipped $name: $(tail -n 1 "$work/log")" ;;
    *)
      failed=$((failed + 1))
      say "FAILED  $name (exit code $code)"
      tail -n 30 "$work/log" >&2
      ;;
  esac
}
needs_root() { [ "$root" = yes ] || { echo "needs root"; exit 77; }; }
expect() { [ "$1" = "$2" ] || { echo "expected '$2', found '$1'"; return 1; }; }
no_trace() { ! grep -P '^\tat ' "$@"; }
# The user's caches stay out of it, and what one test unpacks another one does not find; Maven keeps its repository.
run() { NANOHOOKE_JAVA_OPTS="-Duser.home=$work/home ${NANOHOOKE_JAVA_OPTS:-}" "${machine[@]}" "$tree/nanohooke" "$@"; }
machine=() # what makes this another machine
tensor() { sed 's/"seconds":[^,}]*//g; s/"cpuSeconds":[^,}]*//g'; }
methods=(hessian)
[ ! -e "$source_tree"/lammps-bindings/target/classes ] || methods+=(lammps)

[ -e "$source_tree/java/platform/target/built" ] || { say "build the tree first: ./nanohooke info"; exit 2; }
mkdir -p "$work/copied" "$work/home"
(cd "$source_tree" && tar -c --exclude=./demo --exclude=./test-data . | tar -x -C "$work/copied")
cat >"$work/small.json" <<'END'
{"cells": [4, 4, 1], "pores": [{"shape": "circle", "center": [8.1, 8.1], "radius": 2.5}]}
END

copied_tree() { # a copy runs as it is
  NANOHOOKE_JAVA_OPTS="-Duser.home=$work/home" "$work/copied/nanohooke" --version >"$work/out" 2>"$work/err"
  cat "$work/out" "$work/err"
  ! grep building "$work/err"
}

moved_tree() {
  mv "$work/copied" "$tree"
  run --version 2>&1 | tee "$work/out"
  ! grep building "$work/out"
}

version() {
  run --version 2>/dev/null | grep -E '^nanohooke [0-9.]+( \(commit [0-9a-f]{7,}( with changes)?\))?$'
  [ ! -e "$tree/.git" ] || run --version 2>/dev/null | grep commit
}

c_locale_non_ascii() {
  export LC_ALL=C
  mkdir -p "$work/ü"
  cp "$work/small.json" "$work/ü/größe.json"
  (cd "$work/ü" && run statics ../small.json >/dev/null && run statics größe.json --out ergebnis-ä >"$work/out")
  [ -s "$work/ü/ergebnis-ä/relaxed.data" ]
  [ -s "$work/ü/ergebnis-ä/summary.png" ]
  grep -q 'eV/Å' "$work/out"
  iconv -f UTF-8 -t UTF-16 "$work/out" >/dev/null
  grep -q größe "$work/out"
  expect "$(run statics "$work/ü/keine.json" 2>&1 >/dev/null | grep -c '^nanohooke: .*ü/keine.json')" 1
}

locale_decimal_comma() {
  local method comma="env LOCPATH=$work LC_ALL=de_DE.UTF-8 NANOHOOKE_JAVA_OPTS=-Duser.home=$work/home"
  localedef -i de_DE -f UTF-8 "$work/de_DE.UTF-8" || { echo "no localedef or no de_DE here"; exit 77; }
  archive() { stat -c '%i %y' "$tree/java/platform/target/startup.jsa.key"; }
  run --version
  archive >"$work/archive"
  for method in "${methods[@]}"; do
    run statics "$work/small.json" --method "$method" --json | tensor >"$work/dot"
    $comma "$tree/nanohooke" statics "$work/small.json" --method "$method" --json | tensor >"$work/comma"
    grep -q '"outcome":"STABLE"' "$work/comma"
    cmp "$work/dot" "$work/comma"
    $comma "$tree/nanohooke" statics "$work/small.json" --method "$method" | grep -q '^bulk modulus .*[0-9]\.[0-9]'
  done
  echo '{"cells": [20, 20, 1], "pores": [{"shape": "circle", "center": [40, 40], "radius": 8}]}' >"$work/large.json"
  $comma "$tree/nanohooke" predict "$work/large.json" --relax --json | grep '"C11":[0-9]*\.'
  $comma "$tree/nanohooke" dataset --kind circles --count 1 --cells 6,6 --out "$work/data" --workers 1
  expect "$(archive)" "$(cat "$work/archive")" # made for one locale it serves in all
}

java_tool_options() { # and a dataset, whose workers are Javas too
  export JAVA_TOOL_OPTIONS="-Dsome.number=7 -Xmx900m" JDK_JAVA_OPTIONS=-Dother=11
  run statics "$work/small.json" --json 2>/dev/null | head -c 1 | grep '{'
  run dataset --kind circles --count 2 --cells 6,6 --out "$work/data-options" --workers 1
  eval "$(sed -n '/^java_is_17()/,/^}/p' "$tree/nanohooke")"
  java_is_17 java
  java_is_17 javac
  fake="$work/fake"
  mkdir -p "$fake/bin"
  printf '%s\n' '#!/bin/sh' 'echo "Picked up JAVA_TOOL_OPTIONS: -Dx=99" >&2' \
    "echo 'openjdk version \"11.0.2\"' >&2" >"$fake/bin/java"
  chmod +x "$fake/bin/java"
  ! JAVA_HOME=$fake java_is_17 java
}

completion() {
  bash -c 'source <("$0" completion) && complete -p nanohooke' "$tree/nanohooke" | grep _complete_nanohooke
}

shared_install() { # another user runs a tree that root has built, without root's Maven repository
  needs_root
  other() { (cd / && HOME=/nonexistent setpriv --reuid=65534 --regid=65534 --clear-groups "$@"); }
  other "$tree/nanohooke" statics "$work/small.json" --method hessian --json | grep '"outcome":"STABLE"'
  mv "$tree/java/platform/target/built" "$work/built"
  code=0
  other "$tree/nanohooke" info >"$work/out" 2>&1 || code=$?
  mv "$work/built" "$tree/java/platform/target/built"
  cat "$work/out"
  expect $code 2
  grep "is not built, and you may not write there" "$work/out"
}

startup_archive() { # it is used; one that does not fit, or is cut off, is made again or left alone, without a word
  local plain=$work/plain silent='^nanohooke [0-9.]*( .*)?$' option
  local jsa=$plain/java/platform/target/startup.jsa
  mv "$tree" "$plain" # Java archives no classes of folders with a space in their names
  # shellcheck disable=SC2064 # now: what is local here is none when the trap is run
  trap "mv '$plain' '$tree'" EXIT
  archived() { NANOHOOKE_JAVA_OPTS="$NANOHOOKE_JAVA_OPTS -Xlog:class+load" "$plain/nanohooke" --version |
    grep 'nanohooke.cli.Main source: shared objects file (top)'; }
  is_silent() { expect "$("$plain/nanohooke" --version 2>&1 | grep -Ecv "$silent")" 0; }
  fill() { chmod u+w "$jsa" && head -c "$1" /dev/zero >"$work/zeros" && cat "$work/zeros" >"$jsa"; }
  export NANOHOOKE_JAVA_OPTS="-Duser.home=$work/home"
  is_silent
  archived
  fill 100000
  is_silent
  archived
  fill "$(stat -c %s "$jsa")"
  is_silent
  rm -f "$jsa" "$jsa.key"
  for _ in 1 2 3; do is_silent & done
  wait
  archived
  for option in -XX:+UseSerialGC -XX:-UseCompressedOops -Xshare:off; do
    NANOHOOKE_JAVA_OPTS="$NANOHOOKE_JAVA_OPTS $option" is_silent
  done
  touch "$plain"/java/platform/target/lib/nanohooke-0*.jar # of another time: for Java the archive's jar is gone
  is_silent
  archived
}

# A cache of this mount, as its options say: the libraries cannot be used there, and the message says what to do.
cache() {
  needs_root
  mkdir -p "$work/cache"
  unshare -m bash -c 'mount -t tmpfs -o "$1" tmpfs "$2/cache" && shift && shift &&
    export NANOHOOKE_JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir="$1/cache/x" &&
    exec "$2" statics "$1/small.json" --method hessian' \
    bash "$1" "$work" "$work" "$tree/nanohooke" >"$work/out" 2>"$work/err" && return 1 || code=$?
  cat "$work/out" "$work/err"
  expect $code 3
  grep "$2" "$work/err"
  grep "cachedir=FOLDER" "$work/err"
  no_trace "$work/err"
}

future_times() { # a clock that is ahead, or a file server's: neither a touch nor an old build is a reason to build
  touch -d '+2 days' "$tree/java/cli/src/main/java/io/github/nanohooke/cli/Main.java" "$tree/native/src/common/status.cpp"
  run --version 2>&1 | tee "$work/out"
  ! grep building "$work/out"
}

# From here on a machine without LAMMPS, where that can be: one build for the edit and for this. Headers are hidden, not
# switched off by a variable.
hide_lammps() {
  mkdir -p "$work/empty"
  machine=(unshare -m bash -euc '[ ! -d /usr/include/lammps ] || mount --bind "$0" /usr/include/lammps; exec "$@"'
    "$work/empty")
}

instructions() { run info --json 2>/dev/null | grep -o '"instructions":"[^"]*"' | head -n 1; }

concurrent_build() { # both work, and one of them builds
  sed -i 's/kernels: the processor/KERNELS: the processor/' "$tree"/native/src/sparse/kernels/dense_*.cpp
  export JAVA_TOOL_OPTIONS=-Dsome.number=7
  echo "// edited" >>"$tree/java/cli/src/main/java/io/github/nanohooke/cli/Main.java"
  touch -d '+2 days' "$tree/java/cli/src/main/java/io/github/nanohooke/cli/Main.java"
  run --version >"$work/one" 2>&1 &
  first=$!
  run --version >"$work/two" 2>&1
  wait $first
  cat "$work/one" "$work/two"
  expect "$(cat "$work/one" "$work/two" | grep -c '^nanohooke [0-9]')" 2
  expect "$(cat "$work/one" "$work/two" | grep -c 'building (')" 1
  expect "$(cat "$work/one" "$work/two" | grep -c 'waiting for it')" 1
  grep -h 'building 1 of' "$work/one" "$work/two" # progress
  run --version 2>&1 | tee "$work/out"
  ! grep building "$work/out"
}

edited_kernel() { # of the same size, in that build: what runs is what was built, not what was unpacked before
  before=$(cat "$work/instructions")
  after=$(instructions)
  expect "${after,,}" "${before,,}"
  [ "$after" != "$before" ] || { echo "still $before"; return 1; }
}

without_lammps() { # as on a machine that has none
  needs_root
  run info >"$work/out" 2>"$work/err"
  {
    run statics "$work/small.json" --method hessian --json | grep -o '"outcome":"STABLE"'
    run bench -l | grep InferenceBenchmark
    run demo --nz 1 --out "$work/demo" | tail -n 2
  } >>"$work/out" 2>>"$work/err"
  code=0
  run statics "$work/small.json" --method lammps >>"$work/out" 2>>"$work/err" || code=$?
  cat "$work/out" "$work/err"
  expect $code 3
  grep "without LAMMPS: there is no" "$work/one" "$work/two"
  grep -A 1 "method lammps.*NOT USABLE HERE" "$work/out" | grep "bindings are not on the class path"
  [ -s "$work/demo/network.png" ]
}

clean() {
  env HOME="$work/home" "$tree/nanohooke" clean
  expect "$(cd "$tree" && find . -name target)" ""
  [ -e "$tree/nanohooke" ] && [ ! -e "$work/home/.javacpp/cache/nanohooke" ]
}

check "a copied tree runs as it is" copied_tree
check "a moved tree runs as it is" moved_tree
check "--version names the commit" version
check "C locale: file names and output are UTF-8" c_locale_non_ascii
check "decimal comma: ${methods[*]}, predict and dataset" locale_decimal_comma
check "JAVA_TOOL_OPTIONS breaks nothing" java_tool_options
check "shell completion" completion
check "the archive of classes" startup_archive
check "another user runs a shared tree" shared_install
check "noexec cache" cache noexec "mounted noexec"
check "full cache" cache size=1m "No space left"
check "read-only cache" cache ro "Read-only file system"
check "times in the future do not build" future_times
instructions >"$work/instructions"
[ "$root" = no ] || hide_lammps
check "two launchers at once" concurrent_build
check "an edited kernel of the same size runs" edited_kernel
check "without LAMMPS" without_lammps
check "clean" clean
[ "$skipped" -eq 0 ] || say "$skipped skipped"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
