#!/bin/sh
# check.sh LIBRARY...: what these libraries ask of the machine that loads them: no symbol newer than glibc 2.28 and
# GCC 8 (RHEL 8, Debian 10), no library that such a machine may lack, no folder of the build machine to search. Prints
# what is wrong; fails where CI is set, and only warns elsewhere.
set -eu
faults=$(
  for library in "$@"; do
    name=$(basename "$library")
    readelf -W --version-info "$library" | sed -n 's/.*Name: \([A-Z]*\)_\([0-9][0-9.]*\) .*/\1 \2/p' | sort -u |
      while read -r family version; do
        case $family in
          GLIBC) newest=2.28 ;;
          GLIBCXX) newest=3.4.25 ;;
          CXXABI) newest=1.3.11 ;;
          GCC) newest=8.0.0 ;;
          *) continue ;;
        esac
        [ "$(printf '%s\n%s\n' "$version" "$newest" | sort -V | tail -n 1)" = "$newest" ] ||
          echo "$name asks for ${family}_$version: $(objdump -T "$library" |
            sed -n "s/.*(\{0,1\}${family}_$version)\{0,1\} *//p" | tr '\n' ' ')"
      done
    readelf -W -d "$library" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | while read -r needed; do
      case $needed in
        libnanohooke.so | libc.so.6 | libm.so.6 | libpthread.so.0 | libdl.so.2 | libgcc_s.so.1 | libstdc++.so.6) ;;
        ld-linux-*) ;;
        *) echo "$name needs $needed" ;;
      esac
    done
    readelf -W -d "$library" | sed -n 's/.*(R[UN]*PATH).*\[\(.*\)\]/\1/p' | tr ':' '\n' | while read -r folder; do
      case $folder in
        '$ORIGIN' | '$ORIGIN/') ;;
        *) echo "$name searches $folder" ;;
      esac
    done
  done
)
[ -n "$faults" ] || exit 0
echo "$faults" | while read -r fault; do echo "warning: natives: $fault"; done
[ -z "${CI:-}" ]
