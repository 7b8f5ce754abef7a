// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

// The device is gone from the n-th call from now on that can fail: every call fails, those that free too, though what
// they free is free. 0: it is back.
void host_lose_at(int64_t call);
