// SPDX-License-Identifier: Apache-2.0
//
// Stands in for libcudnn_graph.so.9 in tests: descriptors, attributes, heuristics, plans and their execution for one
// convolution, as NVIDIA documents them for the graph API, and refusals of what it refuses. A descriptor that was
// destroyed is remembered, so that its use shows.
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "cudnn_engines.h"
#include "standin.h"

namespace {

using standin::Convolution;
using standin::Tensor;

enum Status {
    kSuccess = 0,
    kNotInitialized = 1001,
    kBadParam = 2000,
    kBadNull = 2002,
    kMisaligned = 2003,
    kNotFinalized = 2004,
    kTooSmall = 2006,
    kShape = 2008,
    kDuplicate = 2009,
    kAttributeType = 2010,
    kDescriptorType = 2012,
    kUnsupported = 3000,
    kExecutionFailed = 5000
};

enum Kind {
    kConvolutionKind = 1,
    kEngineKind = 2,
    kConfigKind = 3,
    kHeuristicsKind = 4,
    kPlanKind = 5,
    kForwardKind = 10,
    kFilterKind = 11,
    kDataKind = 12,
    kGraphKind = 15,
    kPackKind = 16,
    kTensorKind = 17
};

enum Type {
    kHandleType = 0,
    kDataTypeType = 1,
    kInt64 = 3,
    kFloatType = 4,
    kDoubleType = 5,
    kPointerType = 6,
    kModeType = 7,
    kHeuristicsType = 8,
    kNoteType = 11,
    kDescriptorElement = 15,
    kBehaviorType = 19
};

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

// What may be set: kind of descriptor, attribute, type, fewest and most elements.
struct Rule {
    int kind, attribute, type;
    int64_t fewest, most;
};

constexpr Rule kRules[] = {{kTensorKind, 900, kInt64, 1, 1},
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

struct Graph {
    void* handle;
    Convolution convolution;
};

// What finalisation made of a descriptor.
struct Descriptor {
    int kind = 0;
    bool finalized = false;
    std::map<int, std::vector<char>> attributes;
    Tensor tensor = {};
    std::shared_ptr<Graph> graph;
    std::vector<int> engines;  // of an engine, a configuration or a plan one, of heuristics their results
    std::map<int64_t, void*> pointers;
    void* workspace = nullptr;

    template <class T>
    std::vector<T> all(int attribute) const {
        const auto found = attributes.find(attribute);
        if (found == attributes.end()) return {};
        std::vector<T> values(found->second.size() / sizeof(T));
        std::memcpy(values.data(), found->second.data(), values.size() * sizeof(T));
        return values;
    }
    template <class T>
    T one(int attribute) const {
        return all<T>(attribute)[0];
    }
};

struct Handle {
    void* stream = nullptr;
};

std::recursive_mutex lock;
std::set<Descriptor*> descriptors;
std::set<Handle*> handles;
std::string last_error;

int refuse(int status, const std::string& why) {
    last_error = why;
    return status;
}

Descriptor* live(void* pointer) {
    auto* descriptor = static_cast<Descriptor*>(pointer);
    return descriptors.count(descriptor) > 0 ? descriptor : nullptr;
}

// A finalised descriptor of one of these kinds, or null.
Descriptor* finished(const Descriptor& owner, int attribute, std::initializer_list<int> kinds) {
    Descriptor* other = live(owner.one<void*>(attribute));
    if (other == nullptr || !other->finalized) return nullptr;
    for (int kind : kinds) {
        if (other->kind == kind) return other;
    }
    return nullptr;
}

bool complete(const Descriptor& descriptor) {
    for (const Rule& rule : kRules) {
        if (rule.kind != descriptor.kind || descriptor.attributes.count(rule.attribute) > 0) continue;
        if (rule.kind == kPackKind && rule.attribute == 1003) continue;  // none where the plan wants none
        last_error = "attribute " + std::to_string(rule.attribute) + " is not set";
        return false;
    }
    return true;
}

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

template <class T>
int give(const std::vector<T>& values, int64_t wanted, int64_t* count, void* to) {
    if (to == nullptr || wanted == 0) {
        if (count == nullptr) return refuse(kBadNull, "the number of elements");
        *count = static_cast<int64_t>(values.size());
        return kSuccess;
    }
    const size_t given = std::min<size_t>(static_cast<size_t>(wanted), values.size());
    std::memcpy(to, values.data(), given * sizeof(T));
    if (count != nullptr) *count = static_cast<int64_t>(given);
    return kSuccess;
}

// Fills descriptors that the caller made; they are finalised then.
int give_descriptors(const std::vector<Descriptor>& results, int64_t wanted, int64_t* count, void* to) {
    if (to == nullptr || wanted == 0) {
        *count = static_cast<int64_t>(results.size());
        return kSuccess;
    }
    const int64_t given = std::min<int64_t>(wanted, static_cast<int64_t>(results.size()));
    for (int64_t i = 0; i < given; i++) {
        Descriptor* descriptor = live(static_cast<void**>(to)[i]);
        if (descriptor == nullptr || descriptor->finalized || descriptor->kind != results[i].kind) {
            return refuse(kDescriptorType, "results go into fresh descriptors of their kind");
        }
        *descriptor = results[i];
    }
    if (count != nullptr) *count = given;
    return kSuccess;
}

Descriptor finished_engine(const Descriptor& owner, int kind, int engine) {
    Descriptor d;
    d.kind = kind;
    d.finalized = true;
    d.graph = owner.graph;
    d.engines = {engine};
    return d;
}

}  // namespace

extern "C" {

size_t cudnnGetVersion(void) { return 91900; }
size_t cudnnGetCudartVersion(void) { return 13010; }

const char* cudnnGetErrorString(int status) {
    static const std::map<int, const char*> names = {{kSuccess, "CUDNN_STATUS_SUCCESS"},
                                                     {kNotInitialized, "CUDNN_STATUS_NOT_INITIALIZED"},
                                                     {kBadParam, "CUDNN_STATUS_BAD_PARAM"},
                                                     {kBadNull, "CUDNN_STATUS_BAD_PARAM_NULL_POINTER"},
                                                     {kMisaligned, "CUDNN_STATUS_BAD_PARAM_MISALIGNED_POINTER"},
                                                     {kNotFinalized, "CUDNN_STATUS_BAD_PARAM_NOT_FINALIZED"},
                                                     {kTooSmall, "CUDNN_STATUS_BAD_PARAM_SIZE_INSUFFICIENT"},
                                                     {kShape, "CUDNN_STATUS_BAD_PARAM_SHAPE_MISMATCH"},
                                                     {kDuplicate, "CUDNN_STATUS_BAD_PARAM_DUPLICATED_ENTRIES"},
                                                     {kAttributeType, "CUDNN_STATUS_BAD_PARAM_ATTRIBUTE_TYPE"},
                                                     {kDescriptorType, "CUDNN_STATUS_BAD_PARAM_DESCRIPTOR_TYPE"},
                                                     {kUnsupported, "CUDNN_STATUS_NOT_SUPPORTED"},
                                                     {kExecutionFailed, "CUDNN_STATUS_EXECUTION_FAILED"}};
    const auto found = names.find(status);
    return found == names.end() ? "CUDNN_UNKNOWN_STATUS" : found->second;
}

void cudnnGetLastErrorString(char* message, size_t capacity) {
    if (message == nullptr || capacity == 0) return;
    const std::lock_guard<std::recursive_mutex> guard(lock);
    std::snprintf(message, capacity, "%s", last_error.c_str());
}

int cudnnCreate(void** handle) {
    if (standin_fails()) return kNotInitialized;
    const std::lock_guard<std::recursive_mutex> guard(lock);
    auto* made = new Handle;
    handles.insert(made);
    standin_made(1);
    *handle = made;
    return kSuccess;
}

int cudnnDestroy(void* handle) {
    const std::lock_guard<std::recursive_mutex> guard(lock);
    auto* found = static_cast<Handle*>(handle);
    if (handles.erase(found) == 0) return refuse(kBadParam, "no such handle");
    delete found;
    standin_made(-1);
    return kSuccess;
}

int cudnnSetStream(void* handle, void* stream) {
    if (standin_fails()) return kExecutionFailed;
    const std::lock_guard<std::recursive_mutex> guard(lock);
    if (handles.count(static_cast<Handle*>(handle)) == 0) return refuse(kBadParam, "no such handle");
    static_cast<Handle*>(handle)->stream = stream;
    return kSuccess;
}

int cudnnBackendCreateDescriptor(int kind, void** descriptor) {
    if (standin_fails()) return kNotInitialized;
    const std::lock_guard<std::recursive_mutex> guard(lock);
    bool known = false;
    for (const Rule& rule : kRules) known |= rule.kind == kind;
    if (!known) return refuse(kUnsupported, "kind of descriptor " + std::to_string(kind));
    auto* made = new Descriptor;
    made->kind = kind;
    descriptors.insert(made);
    standin_made(1);
    *descriptor = made;
    return kSuccess;
}

int cudnnBackendDestroyDescriptor(void* descriptor) {
    const std::lock_guard<std::recursive_mutex> guard(lock);
    Descriptor* found = live(descriptor);
    if (found == nullptr) return refuse(kBadParam, "no such descriptor");
    descriptors.erase(found);
    *found = Descriptor();  // stays where it is: its address is never that of another one
    standin_made(-1);
    return kSuccess;
}

int cudnnBackendSetAttribute(void* descriptor, int attribute, int type, int64_t count, const void* elements) {
    if (standin_fails()) return kNotInitialized;
    const std::lock_guard<std::recursive_mutex> guard(lock);
    Descriptor* d = live(descriptor);
    if (d == nullptr) return refuse(kBadParam, "no such descriptor");
    if (d->finalized) return refuse(kNotInitialized, "it is finalised");
    if (elements == nullptr) return refuse(kBadNull, "elements");
    for (const Rule& rule : kRules) {
        if (rule.kind != d->kind || rule.attribute != attribute) continue;
        if (rule.type != type) return refuse(kAttributeType, "type of attribute " + std::to_string(attribute));
        if (count < rule.fewest || count > rule.most) return refuse(kBadParam, "number of elements");
        const auto* bytes = static_cast<const char*>(elements);
        d->attributes[attribute].assign(bytes, bytes + static_cast<size_t>(count) * element_bytes(type));
        return kSuccess;
    }
    return refuse(kBadParam, "attribute " + std::to_string(attribute) + " is not of this kind of descriptor");
}

int cudnnBackendFinalize(void* descriptor) {
    if (standin_fails()) return kNotInitialized;
    const std::lock_guard<std::recursive_mutex> guard(lock);
    Descriptor* d = live(descriptor);
    if (d == nullptr) return refuse(kBadParam, "no such descriptor");
    if (!complete(*d)) return kBadParam;
    const int status = finalize(*d);
    d->finalized = status == kSuccess;
    return status;
}

int cudnnBackendGetAttribute(void* descriptor, int attribute, int type, int64_t wanted, int64_t* count, void* to) {
    if (standin_fails()) return kNotInitialized;
    const std::lock_guard<std::recursive_mutex> guard(lock);
    Descriptor* d = live(descriptor);
    if (d == nullptr) return refuse(kBadParam, "no such descriptor");
    if (!d->finalized) return refuse(kNotFinalized, "only of what is finalised");
    const auto typed = [&](int expected) { return type == expected; };
    if (d->kind == kGraphKind && attribute == 802) {
        if (!typed(kInt64)) return kAttributeType;
        return give(std::vector<int64_t>{standin::kEngines}, wanted, count, to);
    }
    if (d->kind == kEngineKind && attribute == 1301) {
        if (!typed(kInt64)) return kAttributeType;
        return give(std::vector<int64_t>{d->engines[0]}, wanted, count, to);
    }
    if (d->kind == kEngineKind && attribute == 1303) {
        if (!typed(kNoteType)) return kAttributeType;
        return give(standin::numerical_notes(d->engines[0]), wanted, count, to);
    }
    if (d->kind == kEngineKind && attribute == 1305) {
        if (!typed(kBehaviorType)) return kAttributeType;
        return give(std::vector<int>{}, wanted, count, to);
    }
    if (d->kind == kConfigKind && attribute == 300) {
        if (!typed(kDescriptorElement)) return kAttributeType;
        return give_descriptors({finished_engine(*d, kEngineKind, d->engines[0])}, wanted, count, to);
    }
    if (d->kind == kHeuristicsKind && attribute == 202) {
        if (!typed(kDescriptorElement)) return kAttributeType;
        std::vector<Descriptor> results;
        for (int engine : d->engines) results.push_back(finished_engine(*d, kConfigKind, engine));
        return give_descriptors(results, wanted, count, to);
    }
    if (d->kind == kPlanKind && attribute == 402) {
        if (!typed(kInt64)) return kAttributeType;
        const size_t bytes = standin::workspace_bytes(d->engines[0], d->graph->convolution);
        return give(std::vector<int64_t>{static_cast<int64_t>(bytes)}, wanted, count, to);
    }
    return refuse(kUnsupported, "attribute " + std::to_string(attribute) + " cannot be read here");
}

int cudnnBackendExecute(void* handle, void* plan, void* pack) {
    if (standin_fails()) return kExecutionFailed;
    const std::lock_guard<std::recursive_mutex> guard(lock);
    if (handles.count(static_cast<Handle*>(handle)) == 0) return refuse(kBadParam, "no such handle");
    const Descriptor *p = live(plan), *v = live(pack);
    if (!p || !v || p->kind != kPlanKind || v->kind != kPackKind) return refuse(kBadParam, "plan or variant pack");
    if (!p->finalized || !v->finalized) return refuse(kNotFinalized, "plan or variant pack");
    const Convolution convolution = p->graph->convolution;
    void* memory[3];
    const Tensor* tensors[3] = {&convolution.x, &convolution.w, &convolution.y};
    for (int i = 0; i < 3; i++) {
        const auto found = v->pointers.find(tensors[i]->id);
        if (found == v->pointers.end()) return refuse(kBadParam, "no pointer of id " + std::to_string(tensors[i]->id));
        memory[i] = found->second;
        if (reinterpret_cast<uintptr_t>(memory[i]) % static_cast<uintptr_t>(tensors[i]->alignment) != 0) {
            return refuse(kMisaligned, "tensor " + std::to_string(tensors[i]->id));
        }
        if (!standin_on_device(memory[i], tensors[i]->bytes())) {
            return refuse(kExecutionFailed, "tensor " + std::to_string(tensors[i]->id) + " is not in device memory");
        }
    }
    const int engine = p->engines[0];
    void* workspace = v->workspace;
    const size_t bytes = standin::workspace_bytes(engine, convolution);
    if (bytes > 0 && (workspace == nullptr || !standin_on_device(workspace, bytes))) {
        return refuse(kTooSmall, "the workspace");
    }
    if (engine == standin::kFailing) return refuse(kExecutionFailed, "this engine always fails");
    const bool done = standin_run(static_cast<Handle*>(handle)->stream, [=] {
        standin::compute(engine, convolution, memory[0], memory[1], memory[2], workspace);
    });
    return done ? kSuccess : refuse(kExecutionFailed, "no such stream");
}
}
