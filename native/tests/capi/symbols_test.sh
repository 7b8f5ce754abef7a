#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# symbols_test.sh LIBRARY HEADER: the library gives away every function of the header and nothing else.
set -eu
given=$(nm -D --defined-only "$1" | sed 's/.* //; s/@.*//' | sort)
declared=$(grep -o 'nanohooke_[a-z_]*(' "$2" | tr -d '(' | sort -u)
[ "$given" = "$declared" ] && exit 0
echo "given away: $given"
echo "declared: $declared"
exit 1
