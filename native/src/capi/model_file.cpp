// SPDX-License-Identifier: Apache-2.0
#include "capi/model_file.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>

#include "capi/file.h"
#include "capi/json.h"
#include "common/error.h"

namespace nanohooke::capi {

namespace {

using json::Value;

// As Java bounds them: a damaged file must not ask for huge memory.
constexpr int kMaxKernel = 1024;
constexpr std::int64_t kMaxValues = std::numeric_limits<std::int32_t>::max() - 8;

[[noreturn]] void bad(const std::string &message) { throw Error(NH_BAD_FILE, message); }

const Value &field(const Value &object, const char *name, const std::string &what) {
    object.fields(what);
    const Value *value = object.find(name);
    if (value == nullptr) bad(what + " lacks its \"" + name + "\"");
    return *value;
}

void require_only(const Value &object, std::initializer_list<const char *> names, const std::string &what) {
    for (const auto &entry : object.fields(what))
        if (std::find(names.begin(), names.end(), entry.first) == names.end())
            bad(what + " has an unknown \"" + entry.first + "\"");
}

int side(const Value &object, const char *name, const std::string &what) {
    const std::string whole = what + ": " + name;
    const std::int64_t value = field(object, name, what).count(whole);
    if (value < 1 || value > kMaxValues)
        bad(whole + " must be at least 1 and fit an array, not " + std::to_string(value));
    return static_cast<int>(value);
}

nh_layer layer_of(const Value &node, const std::string &what) {
    const std::string &type = field(node, "type", what).text(what + ": type");
    if (type == "relu" || type == "max_pool") {
        require_only(node, {"type"}, what);
        return {type == "relu" ? NH_LAYER_RELU : NH_LAYER_MAX_POOL, 0, 0, 0};
    }
    if (type == "dense") {
        require_only(node, {"type", "outputs"}, what);
        return {NH_LAYER_DENSE, side(node, "outputs", what), 0, 0};
    }
    if (type != "convolution") bad(what + " has the unknown type '" + type + "'");
    require_only(node, {"type", "kernel", "outputs", "padding"}, what);
    const int kernel = side(node, "kernel", what);
    if (kernel > kMaxKernel) bad(what + ": a kernel has at most " + std::to_string(kMaxKernel) + " pixels a side");
    const std::string &padding = field(node, "padding", what).text(what + ": padding");
    if (padding != "zero" && padding != "periodic") bad(what + " has the unknown padding '" + padding + "'");
    return {NH_LAYER_CONVOLUTION, side(node, "outputs", what), kernel,
            padding == "zero" ? NH_PADDING_ZERO : NH_PADDING_PERIODIC};
}

std::string shape_text(const std::vector<std::int64_t> &shape) {
    std::string text = "[";
    for (const std::int64_t s : shape) text += (text.size() > 1 ? ", " : "") + std::to_string(s);
    return text + "]";
}

/** Copies the blocks of parameters in the order of the network, each checked against the shape that it must have. */
class ParameterReader {
public:
    ParameterReader(const Safetensors &file, std::vector<float> &parameters) : file_(file), parameters_(parameters) {}

    void block(const std::string &name, const std::vector<std::int64_t> &shape) {
        const TensorEntry *tensor = file_.find(name);
        if (tensor == nullptr) bad("its network needs parameters '" + name + "', which the file lacks");
        if (tensor->shape != shape)
            bad("tensor '" + name + "' has shape " + shape_text(tensor->shape) + ", the network needs " +
                shape_text(shape));
        // The shape is the tensor's, whose bytes are in the file: no product of it overflows.
        std::size_t count = 1;
        for (const std::int64_t s : shape) count *= static_cast<std::size_t>(s);
        if (count > static_cast<std::size_t>(kMaxValues) - parameters_.size())
            bad("its network has more parameters than an array holds");
        const std::size_t from = parameters_.size();
        parameters_.resize(from + count);
        file_.floats(*tensor, parameters_.data() + from);
        for (std::size_t i = 0; i < count; ++i)
            if (!std::isfinite(parameters_[from + i]))
                bad("tensor '" + name + "' has the value " + std::to_string(parameters_[from + i]) + " at place " +
                    std::to_string(i) + "; a model's parameters must be finite");
        ++blocks_;
    }

    void finish() const {
        if (file_.tensors().size() != blocks_)
            bad("its network has " + std::to_string(blocks_) + " blocks of parameters, the file " +
                std::to_string(file_.tensors().size()) + " tensors");
    }

private:
    const Safetensors &file_;
    std::vector<float> &parameters_;
    std::size_t blocks_ = 0;
};

std::vector<float> read_parameters(const Safetensors &file, const Definition &definition) {
    std::vector<float> parameters;
    ParameterReader reader(file, parameters);
    std::int64_t channels = 1, height = definition.pixels, inputs = 0;
    int convolutions = 0, dense = 0;
    for (const nh_layer &layer : definition.layers) {
        if (layer.kind == NH_LAYER_CONVOLUTION) {
            const std::string name = "convolution" + std::to_string(++convolutions);
            reader.block(name + ".weight", {layer.outputs, channels, layer.kernel, layer.kernel});
            reader.block(name + ".bias", {layer.outputs});
            channels = layer.outputs;
        } else if (layer.kind == NH_LAYER_MAX_POOL) {
            height /= 2;
        } else if (layer.kind == NH_LAYER_DENSE) {
            if (dense == 0) inputs = channels * height * height;
            const std::string name = "dense" + std::to_string(++dense);
            reader.block(name + ".weight", {layer.outputs, inputs});
            reader.block(name + ".bias", {layer.outputs});
            inputs = layer.outputs;
        }
        // A product of numbers below 2^31, 2^16 and 2^16.
        if (channels * height * height > kMaxValues) bad("a layer of its network has more values than an array holds");
    }
    reader.finish();
    return parameters;
}

/** Level of the bounds that predictions are told with. */
constexpr double kLevel = 0.95;
/** Of a constant, of the largest spread, of the mean one, of the porosity and of its square. */
constexpr std::size_t kWeights = 5;

double quantile(const Value &value, const std::string &what) {
    const double q = value.number(what);
    if (!(q >= 0)) bad(what + " must not be negative");
    return q;
}

Calibration calibration_of(const std::string &name, const Value &node) {
    const std::string what = "its calibration '" + name + "'";
    Calibration calibration;
    calibration.name = name;
    calibration.offset = field(node, "offset", what).number(what + ": offset");
    if (!(calibration.offset > 0)) bad(what + ": offset must be positive");
    const auto &levels = field(node, "levels", what).list(what + ": levels");
    const auto &largest = field(node, "largest", what).list(what + ": largest");
    const auto &constants = field(node, "constants", what).list(what + ": constants");
    std::size_t at = 0;
    while (at < levels.size() && levels[at].number(what + ": levels") != kLevel) ++at;
    if (at == levels.size() || largest.size() != levels.size() || constants.size() != kConstants)
        bad(what + " needs a quantile for each level, 0.95 among them, and thirteen for the constants");
    calibration.largest = quantile(largest[at], what + ": largest");
    for (int k = 0; k < kConstants; ++k) calibration.constants[k] = quantile(constants[k], what + ": constants");
    // Files of the first versions have none.
    if (const Value *weights = node.find("weights")) {
        for (const Value &weight : weights->list(what + ": weights"))
            calibration.weights.push_back(weight.number(what + ": weights"));
        if (!calibration.weights.empty() && calibration.weights.size() != kWeights)
            bad(what + " needs no weights or " + std::to_string(kWeights));
    }
    return calibration;
}

void require_metadata(const Safetensors &file, const std::string &key, const std::string &needed) {
    const std::string *found = file.metadata(key);
    if (found == nullptr || *found != needed)
        bad("its " + key + " should be '" + needed + "', it is '" + (found == nullptr ? "" : *found) +
            "'; was it written by another version of nanohooke?");
}

const std::string &required(const Safetensors &file, const std::string &key) {
    const std::string *found = file.metadata(key);
    if (found == nullptr) bad("its " + key + " is missing");
    return *found;
}

}  // namespace

double Calibration::scale(const double *spread, double porosity) const {
    const double most = offset + *std::max_element(spread, spread + kConstants);
    if (weights.empty()) return most;
    double square = 0;
    for (int k = 0; k < kConstants; ++k) square += spread[k] * spread[k];
    const double mean = offset + std::sqrt(square / kConstants), p = std::log1p(porosity);
    return std::exp(weights[0] + weights[1] * std::log(most) + weights[2] * std::log(mean) + weights[3] * p +
                    weights[4] * p * p);
}

double Calibration::bound(int k, double scale, double spread) const {
    const double own = offset + spread;
    return constants[k] * (weights.empty() ? own : std::sqrt(scale * own));
}

OutputHead OutputHead::parse(const std::string &text) {
    const std::string what = "its head";
    const Value root = json::parse(text, what);
    OutputHead head;
    const std::string &type = field(root, "type", what).text(what + ": type");
    if (type != "direct" && type != "cholesky") bad(what + " has the unknown type '" + type + "'");
    head.cholesky_ = type == "cholesky";
    if (head.cholesky_)
        require_only(root, {"type", "offset", "scale", "modulus"}, what);
    else
        require_only(root, {"type", "offset", "scale"}, what);
    const auto &offsets = field(root, "offset", what).list(what + ": offset");
    if (offsets.size() != kConstants) bad(what + " needs 13 offsets, it has " + std::to_string(offsets.size()));
    for (int k = 0; k < kConstants; ++k) head.offset_[k] = offsets[k].number(what + ": offset");
    const auto positive = [&](const char *name) {
        const double value = field(root, name, what).number(what + ": " + name);
        if (!(value > 0)) bad(what + ": " + name + " must be positive");
        return value;
    };
    head.scale_ = positive("scale");
    if (head.cholesky_) head.modulus_ = positive("modulus");
    return head;
}

void OutputHead::constants(const float *raw, double *constants) const {
    if (!cholesky_) {
        for (int k = 0; k < kConstants; ++k) constants[k] = offset_[k] + scale_ * static_cast<double>(raw[k]);
        return;
    }
    // C = modulus L L^T; entry k of L stands where constant k stands in the lower triangle.
    double l[6][6] = {};
    for (int k = 0; k < kConstants; ++k) {
        const double z = static_cast<double>(raw[k]) + offset_[k];
        const bool diagonal = kRow[k] == kColumn[k];
        l[std::max(kRow[k], kColumn[k])][std::min(kRow[k], kColumn[k])] =
            diagonal ? std::max(z, 0.0) + std::log1p(std::exp(-std::fabs(z))) : z;
    }
    for (int k = 0; k < kConstants; ++k) {
        const int row = std::max(kRow[k], kColumn[k]), column = std::min(kRow[k], kColumn[k]);
        double sum = 0;
        for (int m = 0; m <= column; ++m) sum += l[row][m] * l[column][m];
        constants[k] = modulus_ * sum;
    }
}

Definition Definition::parse(const std::string &text) {
    const std::string what = "the definition of its network";
    const Value root = json::parse(text, what);
    require_only(root, {"name", "input", "layers"}, what);
    Definition definition;
    definition.name = field(root, "name", what).text(what + ": name");
    if (definition.name.find_first_not_of(" \t\r\n") == std::string::npos) bad(what + " has no name");
    const Value &input = field(root, "input", what);
    require_only(input, {"channels", "height", "width"}, what + ": input");
    const int channels = side(input, "channels", what + ": input"), height = side(input, "height", what + ": input"),
              width = side(input, "width", what + ": input");
    // 46340 squared is the last square below 2^31.
    if (channels != 1 || height != width || height > 46340)
        bad("a model takes a square image of one channel; " + definition.name + " takes " + std::to_string(channels) +
            " x " + std::to_string(height) + " x " + std::to_string(width));
    definition.pixels = width;
    for (const Value &layer : field(root, "layers", what).list(what + ": layers"))
        definition.layers.push_back(layer_of(layer, what + ": layer " + std::to_string(definition.layers.size() + 1)));
    if (definition.layers.empty() || definition.layers.size() > 1000) bad(what + " must have 1 to 1000 layers");
    const auto last = std::find_if(definition.layers.rbegin(), definition.layers.rend(),
                                   [](const nh_layer &layer) { return layer.kind != NH_LAYER_RELU; });
    if (last == definition.layers.rend() || last->kind != NH_LAYER_DENSE || last->outputs != kConstants)
        bad("a model ends in a dense layer of 13 numbers, network " + definition.name + " does not");
    return definition;
}

nh_network_definition Definition::native() const {
    return {1, pixels, pixels, static_cast<std::int32_t>(layers.size()), layers.data()};
}

ModelFile ModelFile::of(std::vector<std::uint8_t> bytes) {
    const Safetensors file(std::move(bytes));
    const std::string *format = file.metadata("format");
    if (format == nullptr || *format != "nanohooke-model")
        bad("it is a safetensors file, but no nanohooke model: its format is '" +
            (format == nullptr ? std::string() : *format) + "'");
    require_metadata(file, "version", "1");
    require_metadata(file, "units", "GPa");
    require_metadata(file, "constants", kNames);
    require_metadata(file, "image", "one periodic cell, rows from the top; 1 = solid, 0 = pore");
    ModelFile model;
    model.definition = Definition::parse(required(file, "definition"));
    model.head = OutputHead::parse(required(file, "head"));
    model.parameters = read_parameters(file, model.definition);
    model.texts = file.metadata();
    const Value provenance = json::parse(required(file, "provenance"), "its provenance");
    std::string frame = "lammps-cell";
    for (const auto &entry : provenance.fields("its provenance")) {
        const std::string &value = entry.second.text("'" + entry.first + "' of its provenance");
        if (entry.first == "frame") frame = value;
        if (entry.first == "licence") model.texts.emplace_back("licence", value);
        if (entry.first == "uncertainty") {
            const Value all = json::parse(value, "its uncertainty");
            for (const auto &one : all.fields("its uncertainty"))
                model.calibrations_.push_back(calibration_of(one.first, one.second));
        }
    }
    if (frame != "lammps-cell" && frame != "input-axes")
        bad("unknown frame of tensors '" + frame + "': was it written by a newer version of nanohooke?");
    model.frame = frame == "input-axes" ? TensorFrame::input_axes : TensorFrame::lammps_cell;
    model.texts.emplace_back("frame", frame);
    model.texts.emplace_back("name", model.definition.name);
    const Value metrics = json::parse(required(file, "metrics"), "its metrics");
    for (const auto &entry : metrics.fields("its metrics"))
        // A metric that is no number is written as a text; it tells nothing.
        if (!entry.second.is(Value::Kind::text))
            model.metrics_.emplace_back(entry.first, entry.second.number("'" + entry.first + "' of its metrics"));
    return model;
}

ModelFile ModelFile::read(const std::string &path) {
    try {
        return of(read_file(path));
    } catch (const Error &error) {
        throw Error(error.status(), "model file " + path + ": " + error.what());
    }
}

const double *ModelFile::metric(const std::string &name) const {
    for (const auto &entry : metrics_)
        if (entry.first == name) return &entry.second;
    return nullptr;
}

const Calibration *ModelFile::calibration(bool designed, bool averaged) const {
    const std::string name = std::string(designed ? "designed" : "relaxed") + (averaged ? " averaged" : "");
    for (const Calibration &calibration : calibrations_)
        if (calibration.name == name) return &calibration;
    return nullptr;
}

std::vector<TestError> ModelFile::test_errors(bool averaged) const {
    const std::string part = averaged ? "test_averaged" : "test";
    if (metric(part + "_samples") == nullptr || metric(part + "_rmse_GPa") == nullptr)
        return averaged ? test_errors(false) : std::vector<TestError>{};
    std::vector<TestError> errors;
    for (int from = 0; from < 100; from += 10) {
        const std::string name = part + "_porosity_" + std::to_string(from) + "_" + std::to_string(from + 10);
        const double *rmse = metric(name + "_rmse_GPa");
        if (rmse != nullptr && metric(name + "_samples") != nullptr) errors.push_back({from, from + 10, *rmse});
    }
    return errors;
}

}  // namespace nanohooke::capi
