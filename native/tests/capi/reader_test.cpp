// SPDX-License-Identifier: Apache-2.0
//
// The readers behind libnanohooke_c: what they take and what they refuse, by name.
#include <cstring>

#include "../statics/check.h"
#include "capi/eam_file.h"
#include "capi/json.h"
#include "capi/model_file.h"
#include "common/error.h"
#include "files.h"

using namespace nanohooke;
using namespace nanohooke::capi;

namespace {

template <typename Body>
void refused(const char *message, Body &&body) {
    try {
        body();
    } catch (const Error &error) {
        if (std::strstr(error.what(), message) != nullptr) return;
        check::fail(__FILE__, __LINE__, std::string("'") + error.what() + "' lacks '" + message + "'");
        return;
    }
    check::fail(__FILE__, __LINE__, std::string("nothing was refused, expected '") + message + "'");
}

void json_values() {
    const auto value =
        json::parse(R"( {"a": [1, -2.5e3, 1e-400], "b": "\u00fc\ud83d\ude00\n/", "c": {}, "d": null} )", "it");
    CHECK(value.find("a")->list("a").size() == 3);
    CHECK(value.find("a")->list("a")[0].count("n") == 1);
    CHECK(value.find("a")->list("a")[1].number("n") == -2500.0);
    CHECK(value.find("a")->list("a")[2].number("n") == 0.0);
    CHECK(value.find("b")->text("b") == "\xc3\xbc\xf0\x9f\x98\x80\n/");
    CHECK(value.find("e") == nullptr);
    // Exact to the last bit, in any locale.
    CHECK(json::parse("14.22033758062125", "it").number("n") == 14.22033758062125);
}

void json_faults() {
    const char *const faults[] = {"",
                                  "{",
                                  "[1,]",
                                  "{\"a\":1,}",
                                  "{\"a\":1,\"a\":2}",
                                  "01",
                                  "1.",
                                  ".5",
                                  "+1",
                                  "1e",
                                  "tru",
                                  "\"\t\"",
                                  "\"\\x\"",
                                  "\"\\ud800\"",
                                  "\"\\udc00\"",
                                  "\"a",
                                  "1 2",
                                  "{1:2}",
                                  "nan",
                                  "-",
                                  "\"\xff\"",
                                  "\"\xc0\x80\"",
                                  "\"\xed\xa0\x80\"",
                                  "\"\xf4\x90\x80\x80\"",
                                  "\"\xe2\x82\""};
    for (const char *fault : faults) refused("is no valid JSON", [&] { json::parse(fault, "it"); });
    refused("nested too deeply", [] { json::parse(std::string(100000, '['), "it"); });
    refused("must be a whole number", [] { json::parse("9223372036854775808", "it").count("n"); });
    refused("must be a whole number", [] { json::parse("1.0", "it").count("n"); });
    refused("must be a whole number", [] { json::parse("-1", "it").count("n"); });
    refused("must be a finite number", [] { json::parse("1e400", "it").number("n"); });
}

std::vector<std::uint8_t> safetensors(const std::string &header, std::size_t data) {
    std::vector<std::uint8_t> file(8);
    const std::uint64_t length = header.size();
    std::memcpy(file.data(), &length, 8);
    file.insert(file.end(), header.begin(), header.end());
    file.resize(file.size() + data);
    return file;
}

void safetensors_faults() {
    const auto read = [](const std::string &header, std::size_t data) { Safetensors{safetensors(header, data)}; };
    read(R"({"t":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}})", 8);
    read(R"({"t":{"dtype":"F32","shape":[0,9000000000],"data_offsets":[0,0]}})", 0);
    refused("not even the 8", [] { Safetensors{std::vector<std::uint8_t>(7)}; });
    refused("must be 2 to", [] { Safetensors{std::vector<std::uint8_t>(8)}; });
    refused("is truncated", [] { Safetensors{std::vector<std::uint8_t>{9, 0, 0, 0, 0, 0, 0, 0, '{', '}'}}; });
    refused("does not begin with '{'", [&] { read("[]", 0); });
    refused("bytes too many", [&] { read("{}", 1); });
    refused("ends at byte 8 of 7", [&] { read(R"({"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 7); });
    refused("does not take the 8", [&] { read(R"({"t":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", 8); });
    refused("does not take",
            [&] { read(R"({"t":{"dtype":"F64","shape":[4294967296,4294967296,4],"data_offsets":[0,0]}})", 0); });
    refused("none of F64", [&] { read(R"({"t":{"dtype":"F8","shape":[2],"data_offsets":[0,2]}})", 2); });
    refused("shape is missing", [&] { read(R"({"t":{"dtype":"F32","data_offsets":[0,8]}})", 8); });
    refused("must be a JSON object", [&] { read(R"({"t":3})", 0); });
    refused("those before end at", [&] {
        read(R"({"s":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},)"
             R"("t":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}})",
             3);
    });
    refused("those before end at", [&] { read(R"({"t":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}})", 3); });
    refused("must be a text", [&] { read(R"({"__metadata__":{"a":1}})", 0); });
}

void model_faults() {
    const auto file = bytes_of(std::string(TEST_DATA) + "/c-interface/cholesky.safetensors");
    const auto changed = [&](const std::string &from, const std::string &to) {
        std::string text(file.begin(), file.end());
        const auto at = text.find(from);
        CHECK(at != std::string::npos);
        text.replace(at, from.size(), to);
        std::uint64_t length = 0;
        std::memcpy(&length, text.data(), 8);
        length += to.size() - from.size();
        std::memcpy(&text[0], &length, 8);
        ModelFile::of({text.begin(), text.end()});
    };
    const ModelFile model = ModelFile::of(file);
    CHECK(model.definition.pixels == 24 && model.definition.layers.size() == 9);
    CHECK(model.frame == TensorFrame::lammps_cell);
    CHECK(model.test_errors(true).size() == 4 && model.test_errors(true)[3].rmse == 0.275);
    CHECK(model.test_errors(false)[3].rmse == 0.55);
    refused("no nanohooke model", [&] { changed("nanohooke-model", "another-model"); });
    refused("its version should be '1'", [&] { changed("\"version\": \"1\"", "\"version\": \"2\""); });
    refused("its units should be", [&] { changed("\"GPa\"", "\"Pa\""); });
    refused("unknown type", [&] { changed("cholesky", "qr"); });
    refused("must be positive", [&] { changed("\\\"modulus\\\": 2.1", "\\\"modulus\\\": 0"); });
    refused("unknown frame", [&] { changed("lammps-cell", "somewhere"); });
    refused("unknown \"depth\"", [&] { changed("\\\"height\\\"", "\\\"depth\\\""); });
    refused("square image of one channel", [&] { changed("\\\"width\\\": 24", "\\\"width\\\": 32"); });
    refused("the network needs", [&] { changed("\\\"kernel\\\": 5", "\\\"kernel\\\": 4"); });
    refused("at most 1024", [&] { changed("\\\"kernel\\\": 5", "\\\"kernel\\\": 1025"); });
    refused("which the file lacks", [&] { changed("\"dense1.bias\"", "\"dense9.bias\""); });
    refused("unknown padding", [&] { changed("\\\"periodic\\\"", "\\\"mirror\\\""); });
    auto damaged = file;
    const std::uint32_t not_a_number = 0x7fc00000;
    std::memcpy(damaged.data() + damaged.size() - 4, &not_a_number, 4);
    refused("must be finite", [&] { ModelFile::of(damaged); });
}

void halves() {
    CHECK(half_to_float(0x3c00) == 1.0f && half_to_float(0xc000) == -2.0f && half_to_float(0x7bff) == 65504.0f);
    CHECK(half_to_float(0x0001) == 0x1p-24f && half_to_float(0x03ff) == 1023 * 0x1p-24f);
    CHECK(half_to_float(0x0400) == 0x1p-14f && std::isinf(half_to_float(0x7c00)) && std::isnan(half_to_float(0x7e00)));
}

void potentials() {
    const std::string data = std::string(TEST_DATA) + "/potentials/";
    CHECK(read_eam(data + "ok.eam.alloy", "").element == "Al");
    CHECK(read_eam(data + "two.eam.alloy", "Al").element == "Al");
    CHECK(read_eam(NANOHOOKE_POTENTIAL, "Al").cutoff > 6.2);
    refused("name one of them", [&] { read_eam(data + "two.eam.alloy", ""); });
    refused("it has no Xx", [&] { read_eam(data + "two.eam.alloy", "Xx"); });
    refused("left over", [&] { read_eam(data + "left-over.eam.alloy", ""); });
    refused("neither an eam/alloy", [&] { parse_eam({'x', '\n', 'y', '\n'}, ""); });
    refused("more than the 10000000", [&] {
        const std::string text = "c\nc\nc\n1 Al\n2000000000 1 2000000000 1 6\n13 27 4.05 fcc\n";
        parse_eam({text.begin(), text.end()}, "");
    });
    for (const char *spacing : {"1e-10", "5e-324"})
        refused("not even a billionth of the cutoff", [&] {
            const std::string text = std::string("c\nc\nc\n1 Al\n5 1 5 ") + spacing + " 6\n13 27 4.05 fcc\n";
            parse_eam({text.begin(), text.end()}, "");
        });
    refused("units real", [&] {
        const std::string text = "UNITS: real\nc\nc\n1 Al\n5 1 5 1 6\n";
        parse_eam({text.begin(), text.end()}, "");
    });
}

}  // namespace

int main() {
    json_values();
    json_faults();
    safetensors_faults();
    model_faults();
    halves();
    potentials();
    return check::report("reader_test");
}
