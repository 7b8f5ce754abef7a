// SPDX-License-Identifier: Apache-2.0
//
// The descriptors of the library that stands in for cuDNN: their kinds and attributes, as NVIDIA documents them for the
// graph API, and what finalisation makes of them, refusals of what it refuses included.
#pragma once

#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "cudnn_engines.h"

namespace standin {

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

// What may be set: kind of descriptor, attribute, type, fewest and most elements.
struct Rule {
    int kind, attribute, type;
    int64_t fewest, most;
};

// All that may be set.
const std::vector<Rule>& rules();
size_t element_bytes(int type);

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

// What lives, under one lock; a descriptor that was destroyed is not live, so that its use shows.
extern std::recursive_mutex lock;
extern std::set<Descriptor*> descriptors;
extern std::set<Handle*> handles;
extern std::string last_error;

// Keeps the reason and gives the status back.
int refuse(int status, const std::string& why);
// Null where there is no such descriptor.
Descriptor* live(void* pointer);
// All is set that has to be.
bool complete(const Descriptor& descriptor);
int finalize(Descriptor& d);

}  // namespace standin
