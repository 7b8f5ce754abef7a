// SPDX-License-Identifier: Apache-2.0
/** Random numbers that are functions of keys: the same on every machine and in any order. */
package io.github.nanohooke.random;
