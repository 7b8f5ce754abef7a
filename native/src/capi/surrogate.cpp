// SPDX-License-Identifier: Apache-2.0
#include "capi/surrogate.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "common/error.h"

namespace nanohooke::capi {

namespace {

/** Units in a GPa of the terms of an average: their sum is exact below 2^17 GPa, in whatever order they come. */
constexpr double kUnits = 0x1p32;

void check_status(int status) {
    if (status != NH_OK) throw Error(status, nh_last_error());
}

std::string place(std::int64_t image, std::int64_t count) {
    return count == 1 ? "the image" : "image " + std::to_string(image) + " of " + std::to_string(count);
}

/** What a file asks for must not be more than the machine has: the system would end the process for it. */
void require_memory(const nh_network_definition &definition, int batch, int threads) {
    std::int64_t bytes = 0;
    check_status(nh_network_memory(&definition, batch, NH_MODE_INFERENCE, threads, &bytes));
    const double machine = static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
    if (machine > 0 && static_cast<double>(bytes) > 0.8 * machine)
        throw Error(NH_OUT_OF_MEMORY, "a session of this network takes " + std::to_string(bytes >> 20) +
                                          " MiB, the machine has " +
                                          std::to_string(static_cast<std::int64_t>(machine) >> 20));
}

}  // namespace

/** One network with the arrays that carry images in and raw numbers out, for one thread at a time. */
class Session {
public:
    Session(const ModelFile &model, int batch, int threads)
        : images(batch * packed_bytes(model.definition.pixels)), raw(static_cast<std::size_t>(batch) * kConstants) {
        const nh_network_definition definition = model.definition.native();
        require_memory(definition, batch, threads);
        check_status(nh_network_create(&definition, batch, NH_MODE_INFERENCE, threads, NH_ISA_AUTO, &network_));
        const int status = nh_network_set_parameters(network_, model.parameters.data());
        if (status != NH_OK) {
            nh_network_destroy(network_);
            throw Error(status, nh_last_error());
        }
    }
    ~Session() { nh_network_destroy(network_); }
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    void run(int count) {
        check_status(nh_network_forward(network_, NH_IMAGES_BITS, images.data(), count, raw.data()));
    }

    std::vector<std::uint8_t> images;
    std::vector<float> raw;

private:
    nh_network *network_ = nullptr;
};

Surrogate::Surrogate(ModelFile model, bool average, int threads, int sessions)
    : model_(std::move(model)),
      average_(average),
      threads_(threads),
      sessions_(sessions),
      errors_(model_.test_errors(average)) {
    for (const Symmetry &symmetry : kSquare) symmetries_.emplace_back(symmetry, TurnedConstants(symmetry.inverse()));
    give_back(borrow());
}

Surrogate::~Surrogate() = default;

std::unique_ptr<Session> Surrogate::borrow() const {
    {
        std::unique_lock<std::mutex> lock(mutex_);
        returned_.wait(lock, [&] { return !idle_.empty() || open_ < sessions_; });
        if (!idle_.empty()) {
            auto session = std::move(idle_.back());
            idle_.pop_back();
            return session;
        }
        // Room for its return, so that giving back cannot fail.
        idle_.reserve(static_cast<std::size_t>(sessions_));
        ++open_;
    }
    try {
        return std::make_unique<Session>(model_, kBatch, threads_);
    } catch (...) {
        const std::lock_guard<std::mutex> lock(mutex_);
        --open_;
        returned_.notify_one();
        throw;
    }
}

void Surrogate::give_back(std::unique_ptr<Session> session) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    idle_.push_back(std::move(session));
    returned_.notify_one();
}

void Surrogate::check(std::int64_t image, std::int64_t count, const std::uint8_t *packed) const {
    const int pixels = model_.definition.pixels, used = pixels % 8;
    const std::size_t bytes = image_bytes(), stride = bytes / pixels;
    for (std::size_t end = stride; used != 0 && end <= bytes; end += stride)
        if (packed[end - 1] >> used != 0)
            throw Error(NH_BAD_ARGUMENT, place(image, count) + " has bits beyond its " + std::to_string(pixels) +
                                             " pixels in row " + std::to_string(end / stride - 1));
    if (std::all_of(packed, packed + bytes, [](std::uint8_t b) { return b == 0; }))
        throw Error(NH_BAD_ARGUMENT, place(image, count) +
                                         " has no solid pixel: its constants are zero, no network knows such a "
                                         "material; are solid (1) and pore (0) the wrong way round?");
}

double Surrogate::porosity(const std::uint8_t *packed) const {
    const std::int64_t all = static_cast<std::int64_t>(model_.definition.pixels) * model_.definition.pixels;
    std::int64_t solid = 0;
    for (std::size_t i = 0; i < image_bytes(); ++i) solid += __builtin_popcount(packed[i]);
    return 100.0 * static_cast<double>(all - solid) / static_cast<double>(all);
}

double Surrogate::expected_error(double porosity) const {
    for (const TestError &error : errors_)
        if (porosity >= error.from && porosity < error.to) return error.rmse;
    return std::numeric_limits<double>::quiet_NaN();
}

void Surrogate::run(std::int64_t count, const std::uint8_t *images, double *constants, double *spread) const {
    const std::size_t bytes = image_bytes();
    for (std::int64_t i = 0; i < count; ++i) check(i, count, images + i * bytes);
    if (count == 0) return;

    struct Loan {
        const Surrogate &owner;
        std::unique_ptr<Session> session;
        ~Loan() { owner.give_back(std::move(session)); }
    } loan{*this, borrow()};
    Session &session = *loan.session;
    const int orientations = average_ || spread != nullptr ? kSymmetries : 1, capacity = kBatch / orientations;
    for (std::int64_t from = 0; from < count; from += capacity) {
        const int now = static_cast<int>(std::min<std::int64_t>(capacity, count - from));
        for (int i = 0; i < now; ++i)
            for (int s = 0; s < orientations; ++s) {
                std::uint8_t *to = session.images.data() + (static_cast<std::size_t>(i) * orientations + s) * bytes;
                const std::uint8_t *image = images + (from + i) * bytes;
                if (s == 0)
                    std::memcpy(to, image, bytes);
                else
                    transform_image(model_.definition.pixels, image, symmetries_[s].first, to);
            }
        session.run(now * orientations);
        for (int i = 0; i < now; ++i) {
            double back[kSymmetries][kConstants], own[kConstants], plain[kConstants], mean[kConstants];
            for (int s = 0; s < orientations; ++s) {
                model_.head.constants(session.raw.data() + (i * orientations + s) * kConstants, own);
                if (s == 0) std::copy_n(own, kConstants, plain);
                const TurnedConstants &turn = symmetries_[s].second;
                for (int k = 0; k < kConstants; ++k)
                    back[s][k] = turn.sign[k] * std::rint(own[turn.source[k]] * kUnits) / kUnits;
            }
            for (int k = 0; k < kConstants; ++k) {
                double sum = 0, square = 0;
                for (int s = 0; s < orientations; ++s) sum += back[s][k];
                mean[k] = sum / orientations;
                for (int s = 0; s < orientations; ++s) square += (back[s][k] - mean[k]) * (back[s][k] - mean[k]);
                const double answer = average_ ? mean[k] : plain[k];
                if (!std::isfinite(answer) || !std::isfinite(square))
                    throw Error(NH_NOT_FINITE, "the model gives no finite number for " + place(from + i, count) +
                                                   ": its parameters are too large for single precision");
                constants[(from + i) * kConstants + k] = answer;
                if (spread != nullptr) spread[(from + i) * kConstants + k] = std::sqrt(square / orientations);
            }
        }
    }
}

void Surrogate::predict(std::int64_t count, const std::uint8_t *images, double *constants, double *spread,
                        double *expected) const {
    run(count, images, constants, spread);
    for (std::int64_t i = 0; expected != nullptr && i < count; ++i)
        expected[i] = expected_error(porosity(images + i * image_bytes()));
}

void Surrogate::predict_uncertain(bool designed, std::int64_t count, const std::uint8_t *images, double *constants,
                                  double *uncertainty, double *largest) const {
    const Calibration *calibration = model_.calibration(designed, average_);
    if (calibration == nullptr)
        throw Error(NH_UNSUPPORTED, std::string("the model's file does not tell how far predictions of ") +
                                        (designed ? "designed" : "relaxed") + " structures may be off" +
                                        (average_ ? ", averaged" : "") + ": it was not calibrated for these");
    std::vector<double> spread(static_cast<std::size_t>(count) * kConstants);
    run(count, images, constants, spread.data());
    for (std::int64_t i = 0; i < count; ++i) {
        const double *s = spread.data() + i * kConstants;
        const double scale = calibration->scale(s, porosity(images + i * image_bytes()));
        for (int k = 0; uncertainty != nullptr && k < kConstants; ++k)
            uncertainty[i * kConstants + k] = calibration->bound(k, scale, s[k]);
        if (largest != nullptr) largest[i] = calibration->bound(scale);
    }
}

}  // namespace nanohooke::capi
