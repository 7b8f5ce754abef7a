// SPDX-License-Identifier: Apache-2.0
//
// Stands in for libcudnn_graph.so.9 in tests: its C interface to descriptors, attributes, heuristics, plans and their
// execution for one convolution.
#include <algorithm>
#include <cstdio>
#include <cstring>

#include "cudnn_descriptors.h"
#include "standin.h"

using namespace standin;

namespace {

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
    for (const Rule& rule : rules()) known |= rule.kind == kind;
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
    for (const Rule& rule : rules()) {
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
