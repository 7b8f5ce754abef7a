// SPDX-License-Identifier: Apache-2.0
//
// Threads that share work: every task once, and the exceptions of tasks.
#include "common/workers.h"

#include <atomic>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "check.h"

using namespace nanohooke;

namespace {

constexpr int kTasks = 400;

void every_task_once(Workers &workers) {
    std::vector<int> times(kTasks, 0);
    workers.run(kTasks, [&](int task, int worker) {
        CHECK(worker >= 0 && worker < workers.count());
        ++times[task];
    });
    for (int count : times) CHECK(count == 1);
}

/** The caller gets one of them, as what it was, after all tasks have ended, whichever threads threw. */
void exceptions(int threads) {
    Workers workers(threads);
    for (int first : {0, 17, kTasks - 1}) {
        std::atomic<int> working{0};
        std::string told;
        try {
            workers.run(kTasks, [&](int task, int) {
                ++working;
                std::this_thread::yield();
                --working;
                if (task >= first) throw std::runtime_error("task " + std::to_string(task));
            });
        } catch (const std::runtime_error &error) {
            CHECK(working == 0);
            told = error.what();
        }
        CHECK(told.rfind("task ", 0) == 0);
        every_task_once(workers);
    }
    bool memory = false;
    try {
        workers.run_slices(kTasks, 7, [&](int, int, int) { throw std::bad_alloc(); });
    } catch (const std::bad_alloc &) {
        memory = true;
    }
    CHECK(memory);
    every_task_once(workers);
}

/** Of a job with thousands of tasks not all are done in vain. */
void the_rest_is_left_out(int threads) {
    Workers workers(threads);
    std::atomic<int> done{0};
    bool thrown = false;
    try {
        workers.run(1000000, [&](int, int) {
            ++done;
            throw 1;
        });
    } catch (int) {
        thrown = true;
    }
    CHECK(thrown);
    CHECK(done <= threads);
}

}  // namespace

int main() {
    for (int threads : {1, 2, 4}) {
        Workers workers(threads);
        every_task_once(workers);
        exceptions(threads);
        the_rest_is_left_out(threads);
    }
    return check::report("workers_test");
}
