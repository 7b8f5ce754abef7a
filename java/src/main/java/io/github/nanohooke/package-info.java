// SPDX-License-Identifier: Apache-2.0
/** What can go wrong: one root of exceptions, and the kinds that belong to no subject. */
package io.github.nanohooke;
