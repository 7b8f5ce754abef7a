// SPDX-License-Identifier: Apache-2.0
#include "capi/safetensors.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <string_view>

#include "capi/json.h"
#include "common/error.h"

namespace nanohooke::capi {

namespace {

constexpr std::uint64_t kLengthBytes = 8;
/** The format's own limit. */
constexpr std::uint64_t kMaxHeader = 100'000'000;
const char kMetadata[] = "__metadata__";

[[noreturn]] void damaged(const std::string &fault) { throw Error(NH_BAD_FILE, fault); }

[[noreturn]] void damaged(const std::string &tensor, const std::string &fault) {
    damaged("it has a damaged header: tensor '" + tensor + "': " + fault);
}

struct TypeName {
    TensorEntry::Type type;
    const char *name;
    std::uint64_t bytes;
};

constexpr TypeName kTypes[] = {{TensorEntry::Type::f64, "F64", 8},
                               {TensorEntry::Type::f32, "F32", 4},
                               {TensorEntry::Type::f16, "F16", 2},
                               {TensorEntry::Type::i64, "I64", 8},
                               {TensorEntry::Type::u8, "U8", 1}};

const TypeName &type_of(const std::string &tensor, const json::Value &node) {
    const json::Value *type = node.find("dtype");
    for (const TypeName &known : kTypes)
        if (type != nullptr && type->is(json::Value::Kind::text) && type->text("dtype") == known.name) return known;
    damaged(tensor, "its dtype is none of F64, F32, F16, I64 and U8");
}

std::vector<std::int64_t> counts(const std::string &tensor, const json::Value &node, const char *field) {
    const std::string what = "it has a damaged header: " + std::string(field) + " of tensor '" + tensor + "'";
    const json::Value *list = node.find(field);
    if (list == nullptr) damaged(tensor, std::string(field) + " is missing");
    std::vector<std::int64_t> values;
    for (const json::Value &value : list->list(what)) values.push_back(value.count(what));
    return values;
}

/** Bytes of a tensor; what does not fit 64 bits is larger than any file. */
std::uint64_t bytes_of(const std::vector<std::int64_t> &shape, std::uint64_t bytes) {
    std::uint64_t all = bytes;
    for (const std::int64_t side : shape)
        if (side == 0) return 0;
    for (const std::int64_t side : shape)
        if (__builtin_mul_overflow(all, static_cast<std::uint64_t>(side), &all))
            return std::numeric_limits<std::uint64_t>::max();
    return all;
}

TensorEntry entry(const std::string &name, const json::Value &node, std::uint64_t available) {
    node.fields("it has a damaged header: tensor '" + name + "'");
    const TypeName &type = type_of(name, node);
    std::vector<std::int64_t> shape = counts(name, node, "shape");
    const std::vector<std::int64_t> offsets = counts(name, node, "data_offsets");
    if (offsets.size() != 2 || offsets[0] > offsets[1]) damaged(name, "data_offsets must be a begin and an end");
    const auto begin = static_cast<std::uint64_t>(offsets[0]), end = static_cast<std::uint64_t>(offsets[1]);
    if (end > available)
        damaged("it is truncated, or its header is damaged: tensor '" + name + "' ends at byte " + std::to_string(end) +
                " of " + std::to_string(available));
    const std::uint64_t needed = bytes_of(shape, type.bytes);
    if (end - begin != needed)
        damaged(name, "its shape does not take the " + std::to_string(end - begin) + " bytes of its data_offsets");
    return {name, type.type, std::move(shape), static_cast<std::size_t>(begin), static_cast<std::size_t>(end)};
}

/** The format allows neither overlaps nor gaps, and nothing behind the last tensor. */
void require_exact_cover(const std::vector<TensorEntry> &tensors, std::uint64_t available) {
    std::size_t end = 0;
    for (const TensorEntry &tensor : tensors) {
        if (tensor.begin != end)
            damaged(tensor.name, "its data begin at " + std::to_string(tensor.begin) + ", those before end at " +
                                     std::to_string(end));
        end = tensor.end;
    }
    if (end < available)
        damaged("it is damaged: behind its tensors there are " + std::to_string(available - end) + " bytes too many");
}

}  // namespace

Safetensors::Safetensors(std::vector<std::uint8_t> file) : file_(std::move(file)) {
    if (file_.size() < kLengthBytes)
        damaged("it is no safetensors file: it has " + std::to_string(file_.size()) +
                " bytes, not even the 8 of the header's length");
    std::uint64_t header = 0;
    for (std::size_t k = 0; k < kLengthBytes; ++k) header |= static_cast<std::uint64_t>(file_[k]) << (8 * k);
    if (header < 2 || header > kMaxHeader)
        damaged("it is no safetensors file: its first 8 bytes give a header of " + std::to_string(header) +
                " bytes, which must be 2 to " + std::to_string(kMaxHeader));
    if (header > file_.size() - kLengthBytes)
        damaged("it is truncated, or no safetensors file: the header takes " + std::to_string(header) +
                " bytes, behind its length there are " + std::to_string(file_.size() - kLengthBytes));
    data_ = static_cast<std::size_t>(kLengthBytes + header);
    const std::string_view text(reinterpret_cast<const char *>(file_.data()) + kLengthBytes,
                                static_cast<std::size_t>(header));
    if (text.front() != '{') damaged("it is no safetensors file: its header does not begin with '{'");
    const json::Value root = json::parse(text, "its header");
    const std::uint64_t available = file_.size() - data_;
    for (const auto &field : root.fields("its header")) {
        if (field.first != kMetadata) {
            tensors_.push_back(entry(field.first, field.second, available));
            continue;
        }
        for (const auto &word : field.second.fields("__metadata__ of its header"))
            metadata_.emplace_back(word.first,
                                   word.second.text("entry '" + word.first + "' of its header's __metadata__"));
    }
    std::sort(tensors_.begin(), tensors_.end(), [](const TensorEntry &a, const TensorEntry &b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
    });
    require_exact_cover(tensors_, available);
}

const std::string *Safetensors::metadata(const std::string &key) const {
    for (const auto &entry : metadata_)
        if (entry.first == key) return &entry.second;
    return nullptr;
}

const TensorEntry *Safetensors::find(const std::string &name) const {
    for (const TensorEntry &tensor : tensors_)
        if (tensor.name == name) return &tensor;
    return nullptr;
}

void Safetensors::floats(const TensorEntry &tensor, float *values) const {
    const std::uint8_t *data = file_.data() + data_ + tensor.begin;
    const std::size_t bytes = tensor.end - tensor.begin;
    if (tensor.type == TensorEntry::Type::f32) {
        for (std::size_t i = 0; i < bytes / 4; ++i) {
            const std::uint8_t *b = data + 4 * i;
            const std::uint32_t word = b[0] | b[1] << 8 | b[2] << 16 | static_cast<std::uint32_t>(b[3]) << 24;
            std::memcpy(values + i, &word, sizeof word);
        }
    } else if (tensor.type == TensorEntry::Type::f16) {
        for (std::size_t i = 0; i < bytes / 2; ++i)
            values[i] = half_to_float(static_cast<std::uint16_t>(data[2 * i] | data[2 * i + 1] << 8));
    } else {
        damaged("tensor '" + tensor.name + "' must have values of F32 or F16");
    }
}

float half_to_float(std::uint16_t bits) {
    const int exponent = bits >> 10 & 0x1f, mantissa = bits & 0x3ff;
    float value = 0;
    if (exponent == 0x1f)
        value = mantissa == 0 ? std::numeric_limits<float>::infinity() : std::numeric_limits<float>::quiet_NaN();
    else if (exponent == 0)
        value = std::ldexp(static_cast<float>(mantissa), -24);
    else
        value = std::ldexp(static_cast<float>(mantissa + 0x400), exponent - 25);
    return (bits & 0x8000) == 0 ? value : -value;
}

}  // namespace nanohooke::capi
