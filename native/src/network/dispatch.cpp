// SPDX-License-Identifier: Apache-2.0
#include "nanohooke/network.h"
#include "network/kernels.h"

namespace nanohooke {

namespace plain {
extern const KernelTable kKernelTable;
}
#ifdef NH_HAVE_AVX
namespace avx2 {
extern const KernelTable kKernelTable;
}
namespace avx512 {
extern const KernelTable kKernelTable;
}
#endif

namespace {

bool machine_has(int isa) {
#ifdef NH_HAVE_AVX
    // GCC's and Clang's test asks cpuid and also whether the operating system keeps the wide registers.
    const bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (isa == NH_ISA_AVX2) return has_avx2;
    if (isa == NH_ISA_AVX512) {
        return has_avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
    }
#endif
    return isa == NH_ISA_PLAIN;
}

}  // namespace

const KernelTable* find_kernels(int isa) {
    static const KernelTable* const tables[] = {
#ifdef NH_HAVE_AVX
        &avx512::kKernelTable,
        &avx2::kKernelTable,
#endif
        &plain::kKernelTable,
    };
    for (const KernelTable* table : tables) {
        if ((isa == NH_ISA_AUTO || isa == table->isa) && machine_has(table->isa)) return table;
    }
    return nullptr;
}

}  // namespace nanohooke
