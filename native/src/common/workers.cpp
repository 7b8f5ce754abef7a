// SPDX-License-Identifier: Apache-2.0
#include "common/workers.h"

#include <utility>

namespace nanohooke {

namespace {

// Steps of a network and fronts of a factor follow each other within microseconds; a thread that sleeps in between
// comes too late.
constexpr int kSpins = 2000;

void relax() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
}

}  // namespace

Workers::Workers(int threads) {
    try {
        for (int worker = 1; worker < threads; worker++) threads_.emplace_back(&Workers::serve, this, worker);
    } catch (...) {
        ending_ = true;
        wake_.notify_all();
        for (std::thread& thread : threads_) thread.join();
        throw;
    }
}

Workers::~Workers() {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        ending_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

void Workers::run_shared(int tasks, Call call, const void* body) {
    if (tasks <= 0) return;
    call_ = call;
    body_ = body;
    tasks_ = tasks;
    failed_.store(false, std::memory_order_relaxed);
    unfinished_.store(tasks, std::memory_order_relaxed);
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        const uint64_t job = (ticket_.load(std::memory_order_relaxed) >> 32) + 1;
        ticket_.store(job << 32 | static_cast<uint32_t>(tasks), std::memory_order_release);
    }
    wake_.notify_all();
    while (do_one_task(0)) {
    }
    for (int spin = 0; unfinished_.load(std::memory_order_acquire) > 0; spin++) {
        if (spin < kSpins) {
            relax();
        } else {
            std::this_thread::yield();
        }
    }
    if (failed_.load(std::memory_order_relaxed)) std::rethrow_exception(std::exchange(failure_, nullptr));
}

bool Workers::do_one_task(int worker) {
    uint64_t ticket = ticket_.load(std::memory_order_acquire);
    do {
        if (static_cast<uint32_t>(ticket) == 0) return false;
    } while (!ticket_.compare_exchange_weak(ticket, ticket - 1, std::memory_order_acq_rel));
    // From here until unfinished_ falls the job cannot end, and its description cannot change.
    if (!failed_.load(std::memory_order_relaxed)) {
        try {
            call_(body_, tasks_ - static_cast<int>(static_cast<uint32_t>(ticket)), worker);
        } catch (...) {
            if (!failed_.exchange(true, std::memory_order_relaxed)) failure_ = std::current_exception();
        }
    }
    unfinished_.fetch_sub(1, std::memory_order_release);
    return true;
}

void Workers::serve(int worker) {
    for (;;) {
        int spin = 0;
        while (spin < kSpins) {
            if (do_one_task(worker)) {
                spin = 0;
            } else {
                spin++;
                relax();
            }
        }
        std::unique_lock<std::mutex> lock(mutex_);
        wake_.wait(lock, [&] { return ending_ || static_cast<uint32_t>(ticket_.load()) != 0; });
        if (ending_) return;
    }
}

}  // namespace nanohooke
