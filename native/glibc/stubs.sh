#!/bin/sh
# stubs.sh FOLDER: makes libraries in FOLDER that have the names of this machine's libc and libm and no code, each name
# in the newest version that glibc 2.28 knows too, and FOLDER/glibc.ld that takes them. A library that is linked with
# glibc.ld first asks for these versions and so loads on glibc 2.28, whatever the build machine has. Names that are
# newer altogether keep their version: missing.cpp has those that libstdc++ needs, check.sh finds the rest.
set -eu
folder=$1
compiler=${CXX:-c++}
libc=$("$compiler" -print-file-name=libc.so.6)
[ ! "$folder/glibc.ld" -nt "$libc" ] || [ ! "$folder/glibc.ld" -nt "$0" ] || exit 0
mkdir -p "$folder"
for library in libc.so.6 libm.so.6; do
  real=$("$compiler" -print-file-name=$library)
  readelf -W --dyn-syms "$real" | awk -v code="$folder/stub.s" -v map="$folder/stub.map" '
    function rank(version,  part) { split(substr(version, 7), part, "."); return part[1] * 1000 + part[2] }
    $7 == "UND" || $8 !~ /@GLIBC_[0-9.]+$/ || $4 == "TLS" { next }
    {
      split($8, word, /@+/)
      name = word[1]
      version = word[2]
      type[name] = $4 == "OBJECT" ? "@object" : "@function"
      size[name] = $3
      old = rank(version) <= 2028
      if (!(name in best) || (old && (!is_old[name] || rank(version) > rank(best[name])))) {
        best[name] = version
        is_old[name] = old
      }
    }
    END {
      for (name in best) {
        printf ".globl %s\n.type %s,%s\n.size %s,%s\n%s:\n", name, name, type[name], name, size[name], name >code
        names[best[name]] = names[best[name]] " " name ";"
      }
      print ".byte 0\n.section .note.GNU-stack,\"\",@progbits" >code
      for (version in names) printf "%s { global:%s };\n", version, names[version] >map
    }'
  "$compiler" -shared -nostdlib -o "$folder/$library" "$folder/stub.s" \
    "-Wl,-soname,$library" "-Wl,--version-script,$folder/stub.map"
done
rm "$folder/stub.s" "$folder/stub.map"
# Threads and dl have been part of libc since glibc 2.34; before, they are where they have always been.
echo "INPUT(libc.so.6 libm.so.6 -l:libpthread.so.0 -l:libdl.so.2)" >"$folder/glibc.ld"
