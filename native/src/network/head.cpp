// SPDX-License-Identifier: Apache-2.0
#include "network/head.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "common/error.h"

namespace nanohooke {

namespace {

// ln(1 + exp z), without overflow.
double softplus(double z) { return std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z))); }

// Its derivative.
double logistic(double z) { return 1.0 / (1.0 + std::exp(-z)); }

void check_products(const nh_head& head, int outputs) {
    require(head.product_count >= 1 && head.products != nullptr, "a squared factor needs its products");
    for (int32_t p = 0; p < head.product_count; p++) {
        const nh_head_product& product = head.products[p];
        for (const int32_t index : {product.output, product.left, product.right}) {
            require(index >= 0 && index < outputs, "product " + std::to_string(p) + " of the head names output " +
                                                       std::to_string(index) + "; there are 0 to " +
                                                       std::to_string(outputs - 1));
        }
    }
}

}  // namespace

Head::Head(const nh_head& head, int outputs) {
    require(head.kind == NH_HEAD_DIRECT || head.kind == NH_HEAD_SQUARED_FACTOR,
            "unknown kind of head " + std::to_string(head.kind));
    if (head.kind == NH_HEAD_DIRECT) return;
    require(head.offset != nullptr && head.positive != nullptr, "a squared factor needs offset and positive");
    require(std::isfinite(head.scale) && head.scale > 0, "the scale of a head must be finite and positive");
    check_products(head, outputs);
    scale_ = head.scale;
    offset_.assign(head.offset, head.offset + outputs);
    for (int k = 0; k < outputs; k++) {
        require(std::isfinite(offset_[k]), "offset " + std::to_string(k) + " of the head is not finite");
        positive_.push_back(head.positive[k] != 0);
    }
    products_.assign(head.products, head.products + head.product_count);
}

void Head::minimise_relative(const double* origin, double floor, double knee, int outputs) {
    require(std::isfinite(floor) && floor > 0, "the floor of a relative loss must be finite and positive");
    require(std::isfinite(knee) && knee > 0, "the knee of a relative loss must be finite and positive");
    for (int k = 0; k < outputs; k++) {
        require(std::isfinite(origin[k]), "origin " + std::to_string(k) + " of a relative loss is not finite");
    }
    origin_.assign(origin, origin + outputs);
    floor_ = floor;
    knee_ = knee;
}

double Head::loss(const float* raw, const float* targets, int batch, int outputs, float* d_raw) const {
    const size_t count = static_cast<size_t>(batch) * outputs;
    std::vector<double> scratch(products_.empty() ? 0 : 3 * static_cast<size_t>(outputs));
    double sum = 0;
    for (size_t first = 0; first < count; first += outputs) {
        sum += products_.empty() ? direct(raw + first, targets + first, batch, d_raw + first, outputs)
                                 : squared_factor(raw + first, targets + first, batch, d_raw + first, scratch.data());
    }
    return sum / static_cast<double>(count);
}

// What an image's (value - target) are multiplied by to be the derivative of what is minimised by the values. Of the
// mean of sqrt(r^2 + knee^2) with r^2 = squared / d it is (value - target) / (images d sqrt(r^2 + knee^2)).
double Head::weight(double squared, const float* target, int batch, int outputs) const {
    if (origin_.empty()) return 2 / (static_cast<double>(batch) * outputs);
    double d = outputs * floor_ * floor_;
    for (int k = 0; k < outputs; k++) d += (target[k] - origin_[k]) * (target[k] - origin_[k]);
    return 1 / (batch * d * std::sqrt(squared / d + knee_ * knee_));
}

double Head::direct(const float* raw, const float* target, int batch, float* d_raw, int outputs) const {
    double sum = 0;
    for (int k = 0; k < outputs; k++) {
        const double error = static_cast<double>(raw[k]) - target[k];
        sum += error * error;
    }
    const double factor = weight(sum, target, batch, outputs);
    for (int k = 0; k < outputs; k++) {
        d_raw[k] = static_cast<float>(factor * (static_cast<double>(raw[k]) - target[k]));
    }
    return sum;
}

// Every value holds products of two entries: each receives the other one times the derivative.
double Head::squared_factor(const float* raw, const float* target, int batch, float* d_raw, double* scratch) const {
    const size_t n = offset_.size();
    double *entry = scratch, *value = entry + n, *d_entry = value + n;
    for (size_t k = 0; k < n; k++) {
        const double z = raw[k] + offset_[k];
        entry[k] = positive_[k] ? softplus(z) : z;
        value[k] = d_entry[k] = 0;
    }
    for (const nh_head_product& p : products_) value[p.output] += entry[p.left] * entry[p.right];
    double sum = 0;
    for (size_t k = 0; k < n; k++) {
        value[k] = scale_ * value[k] - target[k];
        sum += value[k] * value[k];
    }
    const double factor = scale_ * weight(sum, target, batch, static_cast<int>(n));
    for (size_t k = 0; k < n; k++) value[k] *= factor;
    for (const nh_head_product& p : products_) {
        d_entry[p.left] += value[p.output] * entry[p.right];
        d_entry[p.right] += value[p.output] * entry[p.left];
    }
    for (size_t k = 0; k < n; k++) {
        d_raw[k] = static_cast<float>(positive_[k] ? logistic(raw[k] + offset_[k]) * d_entry[k] : d_entry[k]);
    }
    return sum;
}

}  // namespace nanohooke
