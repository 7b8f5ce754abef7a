// SPDX-License-Identifier: Apache-2.0
//
// Threads that share one piece of work after another: the layers of a network, the fronts of a factor. Every number is
// computed by one task in one order: results are the same to the bit however many threads there are.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace nanohooke {

class Workers {
public:
    explicit Workers(int threads);  // the caller's included
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    int count() const { return static_cast<int>(threads_.size()) + 1; }

    // body(task, worker) for task = 0 .. tasks - 1, worker in [0, count()); returns when all are done. An exception of
    // any of them, the first, is the caller's when all have ended; tasks that have not begun by then are left out.
    template <class Body>
    void run(int tasks, const Body& body) {
        if (threads_.empty() || tasks == 1) {
            for (int task = 0; task < tasks; task++) body(task, 0);
            return;
        }
        run_shared(
            tasks, [](const void* b, int task, int worker) { (*static_cast<const Body*>(b))(task, worker); }, &body);
    }

    // body(begin, end, worker) for slices of `grain` out of [0, count).
    template <class Body>
    void run_slices(int count, int grain, const Body& body) {
        run((count + grain - 1) / grain, [&](int task, int worker) {
            const int begin = task * grain;
            body(begin, begin + grain < count ? begin + grain : count, worker);
        });
    }

private:
    using Call = void (*)(const void* body, int task, int worker);

    void run_shared(int tasks, Call call, const void* body);
    void serve(int worker);
    bool do_one_task(int worker);

    // Job number in the upper half, tasks not yet taken in the lower one. A task is taken by counting down; the job
    // number keeps a late thread from taking a task of the next job for one of the last.
    std::atomic<uint64_t> ticket_{0};
    std::atomic<int> unfinished_{0};
    std::atomic<bool> ending_{false};
    std::atomic<bool> failed_{false};
    std::exception_ptr failure_;  // of the job, written by the thread that set failed_
    Call call_ = nullptr;
    const void* body_ = nullptr;
    int tasks_ = 0;

    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<std::thread> threads_;
};

}  // namespace nanohooke
