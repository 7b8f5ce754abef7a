// SPDX-License-Identifier: Apache-2.0
//
// The kernels of one instruction set, compiled once for each (network.cmake). Nothing in here may use a function that
// is also compiled elsewhere (no containers, no streams): the linker keeps one copy of those, and it could be this one.
#include "nanohooke/network.h"
#include "network/complex_gemm.h"
#include "network/dense_kernels.h"
#include "network/edge_kernels.h"
#include "network/kernels.h"
#include "network/plane_io.h"

#define NH_TEXT_(x) #x
#define NH_TEXT(x) NH_TEXT_(x)

namespace nanohooke::NH_ISA {

extern const LineKernels kLines[];
extern const int kLineCount;
extern const LineKernels kGeneralLine;

extern const KernelTable kKernelTable;
const KernelTable kKernelTable = {
    NH_ISA_NUMBER, NH_TEXT(NH_ISA), kLines,           kLineCount,    &kGeneralLine,     float_columns,
    bit_columns,   gated_columns,   unpooled_columns, plain_output,  activation_output, pooled_output,
    edge_forward,  edge_backward,   complex_gemm,     dense_forward, panel_gemm,        adam,
};

}  // namespace nanohooke::NH_ISA
