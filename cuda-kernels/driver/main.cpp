// SPDX-License-Identifier: Apache-2.0
//
// The library of kernels without Java: right, by plain loops in double precision, and how fast. Ends 0 where all is
// well, 1 where a check failed, 2 where the words are wrong, 3 where there is no device, 4 where device or disk failed.
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>
#include <sstream>
#include <stdexcept>

#include "check.h"
#include "timing.h"

namespace {

constexpr int kNoDevice = 3, kFault = 4;

constexpr const char* kUsage =
    "nhc_driver check [--tiny] [--network WORDS] [--batches 1,3,32] [--trainings 3] [--steps 20] [--seed N]\n"
    "                 [--parts dense,trainings,convolutions] [--seconds S] [--json FILE]\n"
    "nhc_driver time [--tiny] [--network WORDS] [--padding periodic|zero] [--batch B] [--inference 1,32,128,1024]\n"
    "                [--repeats N] [--copy-mib M] [--seconds S] [--json FILE]\n"
    "WORDS: 1x256x256 conv20p6 relu pool dense13; convolutions of 20 x 20, p: periodic, z: zero padding, 6 outputs\n";

using Words = std::map<std::string, std::string>;

Words words_of(int count, char** arguments) {
    Words words;
    for (int i = 2; i < count; i++) {
        const std::string word = arguments[i];
        if (word.rfind("--", 0) != 0) throw std::invalid_argument("what is '" + word + "'?");
        const bool flag = word == "--tiny";
        if (!flag && i + 1 == count) throw std::invalid_argument(word + " wants a value");
        words[word.substr(2)] = flag ? "" : arguments[++i];
    }
    return words;
}

std::string take(Words& words, const char* name, const std::string& otherwise) {
    const auto found = words.find(name);
    if (found == words.end()) return otherwise;
    const std::string value = found->second;
    words.erase(found);
    return value;
}

// Whole numbers and seconds; in every locale alike.
template <class Number>
Number number(const std::string& text) {
    Number value = {};
    const auto [after, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || after != text.data() + text.size()) {
        throw std::invalid_argument("'" + text + "' is no number");
    }
    return value;
}

std::vector<int> numbers(const std::string& text) {
    std::vector<int> values;
    std::istringstream in(text);
    for (std::string one; std::getline(in, one, ',');) values.push_back(number<int>(one));
    return values;
}

std::vector<std::string> parts(const std::string& text) {
    std::vector<std::string> values;
    std::istringstream in(text);
    for (std::string one; std::getline(in, one, ',');) {
        if (one != "dense" && one != "trainings" && one != "convolutions") {
            throw std::invalid_argument("there is no part '" + one + "'");
        }
        values.push_back(one);
    }
    return values;
}

driver::Padding padding(const std::string& word) {
    if (word.empty()) return driver::Padding::kAsWritten;
    if (word != "periodic" && word != "zero") throw std::invalid_argument("padding is periodic or zero");
    return word == "zero" ? driver::Padding::kZero : driver::Padding::kPeriodic;
}

int run(const std::string& command, Words words) {
    const bool tiny = words.count("tiny") != 0;
    take(words, "tiny", "");
    const std::string network = take(words, "network", tiny ? driver::kTiny : driver::kPaper);
    const std::string file = take(words, "json", "");
    driver::Report report(number<double>(take(words, "seconds", "120")));
    driver::CheckOptions check = {};
    driver::TimeOptions time = {};
    if (command == "check") {
        check = {network,
                 numbers(take(words, "batches", tiny ? "1,3" : "1,3,32")),
                 number<uint64_t>(take(words, "seed", std::to_string(std::random_device()()))),
                 number<int>(take(words, "trainings", "3")),
                 number<int>(take(words, "steps", "20")),
                 parts(take(words, "parts", "dense,trainings,convolutions"))};
        if (check.steps < 1) throw std::invalid_argument("a training has at least one step");
    } else if (command == "time") {
        time = {network,
                padding(take(words, "padding", "")),
                number<int>(take(words, "batch", tiny ? "3" : "128")),
                number<int>(take(words, "repeats", tiny ? "3" : "30")),
                number<uint64_t>(take(words, "copy-mib", tiny ? "1" : "1024")) << 20,
                numbers(take(words, "inference", tiny ? "1,3" : "1,32,128,1024"))};
    } else {
        throw std::invalid_argument("there is check and time, not '" + command + "'");
    }
    if (!words.empty()) throw std::invalid_argument("there is no --" + words.begin()->first);
    char device[512] = "";
    if (nhc_device_name(0, device, sizeof device) != NHC_OK) {
        std::fprintf(stderr, "%s\n", nhc_last_error());
        return kNoDevice;
    }
    std::printf("%s\n", device);
    int status = EXIT_SUCCESS;
    try {
        if (command == "check") {
            std::printf("seed %llu\n", static_cast<unsigned long long>(check.seed));
            driver::check(check, report);
        } else {
            driver::time(time, report);
        }
    } catch (const std::exception& e) {
        std::printf("FAILED %s\n", e.what());
        report.row("errors", driver::Json().put("what", e.what()).text());
        status = kFault;
    }
    report.write(file, device);
    std::printf("%d failures in %.1f s\n", report.failures(), report.passed());
    return status != 0 ? status : report.failures() > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

}  // namespace

int main(int count, char** arguments) {
    try {
        if (count < 2) throw std::invalid_argument("what is to be done?");
        return run(arguments[1], words_of(count, arguments));
    } catch (const std::logic_error& e) {
        std::fprintf(stderr, "%s\n%s", e.what(), kUsage);
        return 2;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return kFault;
    }
}
