// SPDX-License-Identifier: Apache-2.0
//
// Files in the safetensors format: eight bytes with the length of a header, the header as JSON, then the values. Every
// length is checked against the file's before it is used.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace nanohooke::capi {

/** One array of the file; its values lie in [begin, end) of `data`. */
struct TensorEntry {
    enum class Type { f64, f32, f16, i64, u8 };
    std::string name;
    Type type;
    std::vector<std::int64_t> shape;
    std::size_t begin;
    std::size_t end;
};

class Safetensors {
public:
    /** @throws Error(NH_BAD_FILE) that names what is damaged; the file's name is for the caller to add */
    explicit Safetensors(std::vector<std::uint8_t> file);

    const std::vector<std::pair<std::string, std::string>> &metadata() const { return metadata_; }
    /** Null where the header does not have it. */
    const std::string *metadata(const std::string &key) const;
    const std::vector<TensorEntry> &tensors() const { return tensors_; }
    const TensorEntry *find(const std::string &name) const;

    /** The values of a tensor of f32 or f16. */
    void floats(const TensorEntry &tensor, float *values) const;

private:
    std::vector<std::uint8_t> file_;
    std::size_t data_ = 0;
    std::vector<std::pair<std::string, std::string>> metadata_;
    std::vector<TensorEntry> tensors_;
};

/** The value of an IEEE 754 binary16. */
float half_to_float(std::uint16_t bits);

}  // namespace nanohooke::capi
