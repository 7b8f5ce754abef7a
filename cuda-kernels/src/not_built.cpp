// SPDX-License-Identifier: Apache-2.0
//
// In place of everything where there is no nvcc: the library is there and says why it cannot compute.
#include "nanohooke/cuda_cudnn.h"

extern "C" {

const char* nhc_last_error(void) { return "this build was made without nvcc; build it again where CUDA's compiler is"; }
int nhc_device_count(int32_t*) { return NHC_NOT_BUILT; }
int nhc_device_name(int32_t, char*, int32_t) { return NHC_NOT_BUILT; }
int nhc_memory(const int32_t*, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int64_t*) {
    return NHC_NOT_BUILT;
}
int nhc_create(const int32_t*, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t,
               nhc_network**) {
    return NHC_NOT_BUILT;
}
void nhc_destroy(nhc_network*) {}
int nhc_set_parameters(nhc_network*, const float*) { return NHC_NOT_BUILT; }
int nhc_get_parameters(nhc_network*, float*) { return NHC_NOT_BUILT; }
int nhc_set_adam(nhc_network*, const float*, const float*, int64_t) { return NHC_NOT_BUILT; }
int nhc_get_adam(nhc_network*, float*, float*, int64_t*) { return NHC_NOT_BUILT; }
int nhc_set_head(nhc_network*, double, const double*, const int32_t*, const int32_t*, int32_t) { return NHC_NOT_BUILT; }
int nhc_set_relative_loss(nhc_network*, const double*, double, double) { return NHC_NOT_BUILT; }
int nhc_forward(nhc_network*, int32_t, const void*, int32_t, int32_t, float*) { return NHC_NOT_BUILT; }
int nhc_backward(nhc_network*, const float*) { return NHC_NOT_BUILT; }
int nhc_input_gradient(nhc_network*, const float*, float*) { return NHC_NOT_BUILT; }
int nhc_get_gradient(nhc_network*, float*) { return NHC_NOT_BUILT; }
int nhc_adam_step(nhc_network*, float) { return NHC_NOT_BUILT; }
int nhc_train_step(nhc_network*, int32_t, const void*, const float*, int32_t, float, double*) { return NHC_NOT_BUILT; }
int nhc_set_training_set(nhc_network*, int32_t, const uint8_t*, const float*) { return NHC_NOT_BUILT; }
int nhc_train(nhc_network*, const int64_t*, int32_t, int32_t, const float*, const int32_t*, double*, int32_t*) {
    return NHC_NOT_BUILT;
}
int nhc_symbol(const char*, const char*, int64_t*) { return NHC_NOT_BUILT; }
int nhc_workbench_create(int32_t, nhc_workbench**) { return NHC_NOT_BUILT; }
void nhc_workbench_destroy(nhc_workbench*) {}
int nhc_workbench_free_memory(nhc_workbench*, int64_t*) { return NHC_NOT_BUILT; }
int nhc_workbench_time(nhc_workbench*, const int64_t*, int64_t, int64_t, int64_t, int64_t, int64_t, int64_t, int32_t,
                       float*) {
    return NHC_NOT_BUILT;
}
int nhc_memory_cudnn(const int32_t*, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, const int64_t*,
                     int32_t, int64_t*) {
    return NHC_NOT_BUILT;
}
int nhc_create_cudnn(const int32_t*, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t,
                     const int64_t*, int64_t, int64_t, const int64_t*, int32_t, nhc_network**) {
    return NHC_NOT_BUILT;
}

}  // extern "C"
