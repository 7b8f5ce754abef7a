#!/bin/sh
# commit.sh FILE: adds the commit of this checkout to the properties in FILE, where git knows one.
set -eu
commit=$(git -C "$(dirname "$0")" describe --always --dirty=' with changes' --abbrev=12 --exclude='*' 2>/dev/null) || exit 0
grep -v '^commit=' "$1" >"$1.new"
echo "commit=commit $commit" >>"$1.new"
mv "$1.new" "$1"
