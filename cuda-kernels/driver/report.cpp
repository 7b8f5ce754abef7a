// SPDX-License-Identifier: Apache-2.0
#include "report.h"

#include <cmath>
#include <stdexcept>

namespace driver {

bool Report::time_for_more() {
    if (passed() < seconds_) return true;
    if (!out_of_time_) std::printf("out of time after %.0f s; the rest is left out\n", passed());
    out_of_time_ = true;
    return false;
}

void Report::compare(const std::string& what, double error, double limit) {
    const bool good = error <= limit;
    std::printf("%-6s %-64s %.2e of %.0e\n", good ? "ok" : "FAILED", what.c_str(), error, limit);
    std::fflush(stdout);
    failures_ += good ? 0 : 1;
    row("checks", Json().put("what", what).put("error", error).put("limit", limit).put("ok", good).text());
}

void Report::that(bool condition, const std::string& what) {
    std::printf("%-6s %s\n", condition ? "ok" : "FAILED", what.c_str());
    std::fflush(stdout);
    failures_ += condition ? 0 : 1;
    row("checks", Json().put("what", what).put("ok", condition).text());
}

void Report::row(const std::string& table, const std::string& object) {
    for (auto& t : tables_) {
        if (t.first == table) {
            t.second.push_back(object);
            return;
        }
    }
    tables_.push_back({table, {object}});
}

void Report::write(const std::string& file, const std::string& device) const {
    if (file.empty()) return;
    std::FILE* out = std::fopen(file.c_str(), "w");
    if (out == nullptr) throw std::runtime_error("cannot write " + file);
    const std::string head = Json()
                                 .put("device", device)
                                 .put("failures", failures_)
                                 .put("seconds", passed())
                                 .put("outOfTime", out_of_time_)
                                 .text();
    std::fputs(head.substr(0, head.size() - 1).c_str(), out);
    for (const auto& table : tables_) {
        std::fprintf(out, ",\n\"%s\": [", table.first.c_str());
        for (size_t i = 0; i < table.second.size(); i++) {
            std::fprintf(out, "%s\n  %s", i > 0 ? "," : "", table.second[i].c_str());
        }
        std::fputs("]", out);
    }
    std::fputs("}\n", out);
    if (std::fclose(out) != 0) throw std::runtime_error("cannot write " + file);
}

Json& Json::put(const char* key, const std::string& text) {
    members_ += std::string(members_.empty() ? "" : ", ") + "\"" + key + "\": \"";
    for (const char c : text) {
        if (c == '"' || c == '\\') members_ += '\\';
        members_ += static_cast<unsigned char>(c) < 32 ? ' ' : c;
    }
    members_ += "\"";
    return *this;
}

Json& Json::put(const char* key, double number) {
    char digits[40];
    std::snprintf(digits, sizeof digits, std::isfinite(number) ? "%.9g" : "null", number);
    members_ += std::string(members_.empty() ? "" : ", ") + "\"" + key + "\": " + digits;
    return *this;
}

}  // namespace driver
