// SPDX-License-Identifier: Apache-2.0
#include "head.h"

namespace nanohooke {

namespace {

constexpr int kHeadWarps = 4;

// Blocks of kHeadWarps images.
__global__ void __launch_bounds__(32 * kHeadWarps)
    head_of_images(int images, const float* raw, const float* targets, DeviceHead head, DeviceLoss loss, double* sums,
                   float* d_raw, int outputs) {
    NHC_SHARED(double, memory);
    const int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
    const int64_t image = static_cast<int64_t>(blockIdx.x) * kHeadWarps + warp;
    if (image >= images) return;
    double *entry = memory + warp * 2 * outputs, *error = entry + outputs;
    raw += image * outputs;
    const bool direct = head.product_count == 0;
    for (int k = lane; k < outputs; k += 32) {
        const double z = direct ? raw[k] : raw[k] + head.offset[k];
        entry[k] = direct || !head.positive[k] ? z : fmax(z, 0.0) + log1p(exp(-fabs(z)));
    }
    __syncwarp();
    const double scale = direct ? 1.0 : head.scale;
    double sum = 0.0, size = 0.0;
    for (int k = lane; k < outputs; k += 32) {
        double value = direct ? entry[k] : 0.0;
        for (int p = 0; p < head.product_count; p++) {
            const int32_t* product = head.products + 3 * p;
            if (product[0] == k) value += entry[product[1]] * entry[product[2]];
        }
        const double off = scale * value - targets[image * outputs + k];
        sum += off * off;
        error[k] = off;
        if (loss.origin != nullptr) {
            const double target = targets[image * outputs + k] - loss.origin[k];
            size += target * target;
        }
    }
    for (int distance = 16; distance > 0; distance /= 2) {
        sum += __shfl_xor_sync(~0u, sum, distance);
        size += __shfl_xor_sync(~0u, size, distance);
    }
    if (lane == 0) sums[image] = sum;
    // As in the processor's head: the derivative of the mean of (value - target)^2, or of sqrt(r^2 + knee^2).
    double weight = 2.0 / (static_cast<double>(images) * outputs);
    if (loss.origin != nullptr) {
        size += outputs * loss.floor * loss.floor;
        weight = 1.0 / (images * size * sqrt(sum / size + loss.knee * loss.knee));
    }
    for (int k = lane; k < outputs; k += 32) error[k] *= weight * scale;
    __syncwarp();
    for (int k = lane; k < outputs; k += 32) {
        double d = direct ? error[k] : 0.0;
        for (int p = 0; p < head.product_count; p++) {
            const int32_t* product = head.products + 3 * p;
            if (product[1] == k) d += error[product[0]] * entry[product[2]];
            if (product[2] == k) d += error[product[0]] * entry[product[1]];
        }
        const double slope = direct || !head.positive[k] ? 1.0 : 1.0 / (1.0 + exp(-(raw[k] + head.offset[k])));
        d_raw[image * outputs + k] = static_cast<float>(slope * d);
    }
}

}  // namespace

void head_and_loss(int images, const float* raw, const float* targets, const DeviceHead& head, const DeviceLoss& loss,
                   double* sums, float* d_raw, int outputs, cudaStream_t stream) {
    const size_t bytes = size_t(kHeadWarps) * 2 * outputs * sizeof(double);
    NHC_LAUNCH_BLOCKS(head_of_images, dim3((images + kHeadWarps - 1) / kHeadWarps), 32 * kHeadWarps, bytes, stream,
                      images, raw, targets, head, loss, sums, d_raw, outputs);
}

}  // namespace nanohooke
