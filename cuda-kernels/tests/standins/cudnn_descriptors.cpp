// SPDX-License-Identifier: Apache-2.0
#include "cudnn_descriptors.h"

#include <initializer_list>

namespace standin {

std::recursive_mutex lock;
std::set<Descriptor*> descriptors;
std::set<Handle*> handles;
std::string last_error;

const std::vector<Rule>& rules() {
    static const std::vector<Rule> all = {{kTensorKind, 900, kInt64, 1, 1},
                                          {kTensorKind, 901, kDataTypeType, 1, 1},
                                          {kTensorKind, 902, kInt64, 3, 8},
                                          {kTensorKind, 903, kInt64, 3, 8},
                                          {kTensorKind, 906, kInt64, 1, 1},
                                          {kConvolutionKind, 100, kDataTypeType, 1, 1},
                                          {kConvolutionKind, 101, kModeType, 1, 1},
                                          {kConvolutionKind, 102, kInt64, 1, 6},
                                          {kConvolutionKind, 103, kInt64, 1, 6},
                                          {kConvolutionKind, 104, kInt64, 1, 6},
                                          {kConvolutionKind, 105, kInt64, 1, 6},
                                          {kConvolutionKind, 106, kInt64, 1, 1},
                                          {kForwardKind, 700, kFloatType, 1, 1},
                                          {kForwardKind, 701, kFloatType, 1, 1},
                                          {kForwardKind, 702, kDescriptorElement, 1, 1},
                                          {kForwardKind, 703, kDescriptorElement, 1, 1},
                                          {kForwardKind, 704, kDescriptorElement, 1, 1},
                                          {kForwardKind, 705, kDescriptorElement, 1, 1},
                                          {kDataKind, 706, kFloatType, 1, 1},
                                          {kDataKind, 707, kFloatType, 1, 1},
                                          {kDataKind, 708, kDescriptorElement, 1, 1},
                                          {kDataKind, 709, kDescriptorElement, 1, 1},
                                          {kDataKind, 710, kDescriptorElement, 1, 1},
                                          {kDataKind, 711, kDescriptorElement, 1, 1},
                                          {kFilterKind, 712, kFloatType, 1, 1},
                                          {kFilterKind, 713, kFloatType, 1, 1},
                                          {kFilterKind, 714, kDescriptorElement, 1, 1},
                                          {kFilterKind, 715, kDescriptorElement, 1, 1},
                                          {kFilterKind, 716, kDescriptorElement, 1, 1},
                                          {kFilterKind, 717, kDescriptorElement, 1, 1},
                                          {kGraphKind, 800, kHandleType, 1, 1},
                                          {kGraphKind, 801, kDescriptorElement, 1, 1},
                                          {kEngineKind, 1300, kDescriptorElement, 1, 1},
                                          {kEngineKind, 1301, kInt64, 1, 1},
                                          {kConfigKind, 300, kDescriptorElement, 1, 1},
                                          {kHeuristicsKind, 200, kHeuristicsType, 1, 1},
                                          {kHeuristicsKind, 201, kDescriptorElement, 1, 1},
                                          {kPlanKind, 400, kHandleType, 1, 1},
                                          {kPlanKind, 401, kDescriptorElement, 1, 1},
                                          {kPackKind, 1000, kInt64, 1, 64},
                                          {kPackKind, 1001, kPointerType, 1, 64},
                                          {kPackKind, 1003, kPointerType, 1, 1}};
    return all;
}

size_t element_bytes(int type) {
    switch (type) {
        case kDataTypeType:
        case kModeType:
        case kHeuristicsType:
        case kFloatType:
            return 4;
        default:
            return 8;
    }
}

int refuse(int status, const std::string& why) {
    last_error = why;
    return status;
}

Descriptor* live(void* pointer) {
    auto* descriptor = static_cast<Descriptor*>(pointer);
    return descriptors.count(descriptor) > 0 ? descriptor : nullptr;
}

namespace {

// A finalised descriptor of one of these kinds, or null.
Descriptor* finished(const Descriptor& owner, int attribute, std::initializer_list<int> kinds) {
    Descriptor* other = live(owner.one<void*>(attribute));
    if (other == nullptr || !other->finalized) return nullptr;
    for (int kind : kinds) {
        if (other->kind == kind) return other;
    }
    return nullptr;
}

}  // namespace

bool complete(const Descriptor& descriptor) {
    for (const Rule& rule : rules()) {
        if (rule.kind != descriptor.kind || descriptor.attributes.count(rule.attribute) > 0) continue;
        if (rule.kind == kPackKind && rule.attribute == 1003) continue;  // none where the plan wants none
        last_error = "attribute " + std::to_string(rule.attribute) + " is not set";
        return false;
    }
    return true;
}

namespace {

int finalize_tensor(Descriptor& d) {
    d.tensor = {d.one<int64_t>(906), d.one<int64_t>(900), d.one<int>(901), d.all<int64_t>(902), d.all<int64_t>(903)};
    const Tensor& t = d.tensor;
    if (t.type != standin::kFloat && t.type != standin::kBfloat16) return refuse(kUnsupported, "data type");
    if (t.dimensions.size() != 4 || t.strides.size() != 4) return refuse(kBadParam, "four dimensions");
    for (size_t i = 0; i < 4; i++) {
        if (t.dimensions[i] < 1 || t.strides[i] < 1) return refuse(kBadParam, "sizes and strides are positive");
    }
    const int64_t element = static_cast<int64_t>(t.element());
    if (t.alignment < element || t.alignment % element != 0) return refuse(kBadParam, "alignment");
    return kSuccess;
}

int finalize_convolution(Descriptor& d) {
    const int64_t dimensions = d.one<int64_t>(106);
    if (dimensions != 2) return refuse(kUnsupported, "two spatial dimensions");
    for (int attribute : {102, 103, 104, 105}) {
        const std::vector<int64_t> values = d.all<int64_t>(attribute);
        if (values.size() != 2) return refuse(kBadParam, "a value for each spatial dimension");
        for (int64_t value : values) {
            if (attribute <= 103 && value != 1) return refuse(kUnsupported, "strides and dilations of one");
            if (value < 0) return refuse(kBadParam, "paddings");
        }
    }
    return d.one<int>(101) == 1 ? kSuccess : refuse(kUnsupported, "cross-correlation only");
}

int finalize_operation(Descriptor& d) {
    // The attributes of convolution, x, w and y by kind, then the scales.
    static const std::map<int, std::vector<int>> places = {{kForwardKind, {702, 704, 703, 705, 700, 701}},
                                                           {kDataKind, {708, 710, 709, 711, 706, 707}},
                                                           {kFilterKind, {714, 716, 715, 717, 712, 713}}};
    const std::vector<int>& at = places.at(d.kind);
    const Descriptor* convolution = finished(d, at[0], {kConvolutionKind});
    const Descriptor *x = finished(d, at[1], {kTensorKind}), *w = finished(d, at[2], {kTensorKind}),
                     *y = finished(d, at[3], {kTensorKind});
    if (!convolution || !x || !w || !y) return refuse(kNotFinalized, "a part is not finalised, or of another kind");
    if (d.one<float>(at[4]) != 1.0f || d.one<float>(at[5]) != 0.0f) return refuse(kUnsupported, "alpha 1 and beta 0");
    Convolution c = {};
    c.operation = d.kind == kForwardKind ? standin::kForward
                  : d.kind == kDataKind  ? standin::kBackwardData
                                         : standin::kBackwardFilter;
    c.x = x->tensor;
    c.w = w->tensor;
    c.y = y->tensor;
    const std::vector<int64_t> before = convolution->all<int64_t>(105), after = convolution->all<int64_t>(104);
    for (int i = 0; i < 2; i++) {
        c.before[i] = before[i];
        c.after[i] = after[i];
        if (c.y.dimensions[2 + i] != c.x.dimensions[2 + i] + before[i] + after[i] - c.w.dimensions[2 + i] + 1) {
            return refuse(kShape, "the result's size");
        }
    }
    if (c.x.dimensions[0] != c.y.dimensions[0] || c.x.dimensions[1] != c.w.dimensions[1] ||
        c.y.dimensions[1] != c.w.dimensions[0]) {
        return refuse(kShape, "images or channels");
    }
    if (c.x.id == c.w.id || c.x.id == c.y.id || c.w.id == c.y.id) return refuse(kDuplicate, "ids of tensors");
    d.graph = std::make_shared<Graph>(Graph{nullptr, c});
    return kSuccess;
}

int finalize_pack(Descriptor& d) {
    const std::vector<int64_t> ids = d.all<int64_t>(1000);
    const std::vector<void*> pointers = d.all<void*>(1001);
    if (ids.size() != pointers.size()) return refuse(kBadParam, "as many pointers as ids");
    for (size_t i = 0; i < ids.size(); i++) {
        if (!d.pointers.emplace(ids[i], pointers[i]).second) return refuse(kDuplicate, "an id twice");
    }
    d.workspace = d.attributes.count(1003) > 0 ? d.one<void*>(1003) : nullptr;
    return kSuccess;
}

}  // namespace

int finalize(Descriptor& d) {
    switch (d.kind) {
        case kTensorKind:
            return finalize_tensor(d);
        case kConvolutionKind:
            return finalize_convolution(d);
        case kForwardKind:
        case kDataKind:
        case kFilterKind:
            return finalize_operation(d);
        case kGraphKind: {
            const Descriptor* operation = finished(d, 801, {kForwardKind, kDataKind, kFilterKind});
            if (!operation) return refuse(kNotFinalized, "the operation");
            void* handle = d.one<void*>(800);
            if (handles.count(static_cast<Handle*>(handle)) == 0) return refuse(kBadParam, "no such handle");
            d.graph = std::make_shared<Graph>(Graph{handle, operation->graph->convolution});
            return kSuccess;
        }
        case kEngineKind: {
            const Descriptor* graph = finished(d, 1300, {kGraphKind});
            if (!graph) return refuse(kNotFinalized, "the graph");
            const int64_t index = d.one<int64_t>(1301);
            if (index < 0 || index >= standin::kEngines) return refuse(kUnsupported, "no engine of that index");
            d.graph = graph->graph;
            d.engines = {static_cast<int>(index)};
            return kSuccess;
        }
        case kConfigKind: {
            const Descriptor* engine = finished(d, 300, {kEngineKind});
            if (!engine) return refuse(kNotFinalized, "the engine");
            d.graph = engine->graph;
            d.engines = engine->engines;
            return kSuccess;
        }
        case kHeuristicsKind: {
            const Descriptor* graph = finished(d, 201, {kGraphKind});
            if (!graph) return refuse(kNotFinalized, "the graph");
            d.graph = graph->graph;
            const int mode = d.one<int>(200);
            if (mode != 2 && mode != 3) return refuse(kUnsupported, "heuristics A and fallback only");
            // The fastest by NVIDIA's own reckoning come first, whatever their numerics.
            d.engines = mode == 3 ? std::vector<int>{standin::kTensorCore, standin::kNondeterministic,
                                                     standin::kNotSupported, standin::kWithWorkspace}
                                  : std::vector<int>{standin::kDirect};
            return kSuccess;
        }
        case kPlanKind: {
            const Descriptor* config = finished(d, 401, {kConfigKind});
            if (!config) return refuse(kNotFinalized, "the configuration");
            if (d.one<void*>(400) != config->graph->handle) return refuse(kBadParam, "another handle than the graph's");
            if (config->engines[0] == standin::kNotSupported) return refuse(kUnsupported, "this engine cannot do it");
            if (config->engines[0] == standin::kTensorCore && config->graph->convolution.x.dimensions[1] > 64) {
                return refuse(kUnsupported, "too many channels");
            }
            d.graph = config->graph;
            d.engines = config->engines;
            return kSuccess;
        }
        default:
            return finalize_pack(d);
    }
}

}  // namespace standin
