#!/bin/sh
# build-calculix.sh FOLDER: CalculiX with external behaviours, from Debian's source, as FOLDER/ccx. Debian's own ccx is
# built without them and cannot load a UMAT. Needs a Debian or Ubuntu with gcc, gfortran, libspooles-dev,
# libarpack2-dev, dpkg-dev and some five minutes. Nothing outside FOLDER is written: the package lists are FOLDER's own.
set -eu
folder=$(mkdir -p "$1" && cd "$1" && pwd)
cd "$folder"
for need in gcc gfortran dpkg-source; do
  command -v $need >/dev/null || { echo "$need is missing: apt-get install gcc gfortran dpkg-dev" >&2; exit 69; }
done
[ -e /usr/include/spooles ] || {
  echo "spooles is missing: apt-get install libspooles-dev libarpack2-dev" >&2
  exit 69
}

if ! ls -d calculix-ccx-*/ >/dev/null 2>&1; then
  # This machine's own package sources, with their source packages.
  mkdir -p parts lists/partial
  for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ ! -e "$list" ] || sed -n 's/^deb /deb-src /p' "$list"
  done | sort -u >parts/source.list
  for list in /etc/apt/sources.list.d/*.sources; do
    [ ! -e "$list" ] || sed 's/^Types:.*/Types: deb-src/' "$list" >"parts/$(basename "$list")"
  done
  set -- -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$folder/parts" \
    -o "Dir::State::lists=$folder/lists" -o APT::Sandbox::User=root
  apt-get "$@" -qq update
  apt-get "$@" -qq source calculix-ccx
fi
source=$(dirname "$(find "$folder" -name CalculiX.h | head -n 1)")
cd "$source"
flags="-O2 -w -fopenmp -DARCH=Linux -DSPOOLES -DARPACK -DMATRIXSTORAGE -DNETWORKOUT -DUSE_MT=1
  -DCALCULIX_EXTERNAL_BEHAVIOURS_SUPPORT -I/usr/include/spooles -fallow-argument-mismatch"
cat >external.mk <<'MAKE'
include Makefile.inc
# CalculiXstep.c is another main program.
objects = $(SCCXF:.f=.o) $(patsubst %.c,%.o,$(filter-out CalculiXstep.c,$(SCCXC))) ccx_$(VERSION).o
%.o: %.c
	gcc $(filter-out -fallow-argument-mismatch,$(FLAGS)) -c $< -o $@
%.o: %.f
	gfortran $(FLAGS) -c $< -o $@
ccx: $(objects)
	gfortran -fopenmp -o $@ $(objects) -lspooles -larpack -llapack -lblas -lpthread -lm -ldl
MAKE
version=$(ls ccx_*.c | sed -n 's/^ccx_\([0-9][0-9.]*\)\.c$/\1/p' | head -n 1)
nice make -s -f external.mk -j "${JOBS:-2}" VERSION="$version" FLAGS="$(echo $flags)" ccx
cp ccx "$folder/ccx"
echo "$folder/ccx"
