// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace nanohooke::capi {

/**
 * A decimal number, all of `text`, whatever the process' locale is. What is too small for a double is 0, as everywhere;
 * what is too large, or no number, is told.
 *
 * @return whether there is a finite number
 */
bool parse_decimal(std::string_view text, double &value);

}  // namespace nanohooke::capi
