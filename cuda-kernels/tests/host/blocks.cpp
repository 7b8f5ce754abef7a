// SPDX-License-Identifier: Apache-2.0
#include "blocks.h"

#include <cstdlib>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <vector>

#if defined(HOST_KERNELS_SANITIZED)  // the kernels are; this file, of which every barrier passes a part, is not
#include <sanitizer/common_interface_defs.h>
#endif

#if !defined(__x86_64__)
#error "the fibers of the host's tests are written for x86-64"
#endif

HOST_THREAD int64_t host_index = 0;
HOST_THREAD uint3 threadIdx, blockIdx, blockDim, gridDim;

// Keeps the registers that a call keeps on the stack, and takes up where the other stack left off.
extern "C" void host_switch_stack(void** from, void* to);
asm(R"(
.text
.type host_switch_stack, @function
.hidden host_switch_stack
.globl host_switch_stack
host_switch_stack:
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, (%rdi)
    movq %rsi, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    ret
.size host_switch_stack, .-host_switch_stack
)");

namespace {

constexpr unsigned kWarp = 32;
#if defined(HOST_KERNELS_SANITIZED)
constexpr size_t kStack = 256 << 10;
#else
constexpr size_t kStack = 64 << 10;
#endif

struct Fiber {
    std::unique_ptr<char[]> memory{new char[kStack]};
    void* stack = nullptr;
    void* fake_stack = nullptr;  // of the address sanitizer
};

enum class Waits { kNowhere, kWarp, kBlock, kDone };

struct Thread {
    Waits waits;
    unsigned mask;
    int kind;
    uint64_t brought, published;
    unsigned participants;  // lanes of the last warp barrier that this thread passed
    Fiber* fiber;
};

class Blocks {
public:
    std::string run(dim3 grid, unsigned thread_count, size_t shared, const std::function<void()>& thread);
    void wait(Waits where, unsigned mask, int kind, uint64_t value);
    bool lane(int lane, uint64_t* value) const;
    void* shared() const { return shared_; }
    bool running() const { return body_ != nullptr; }

private:
    static void entry();
    void work();
    void run_block();
    void run_started();
    void resume(unsigned index);
    void enter(Fiber& fiber);
    void leave(bool for_good);
    bool release();
    bool release_warp(unsigned first);
    void make_current(unsigned index);
    void set_order();
    Fiber& idle();

    const std::function<void()>* body_ = nullptr;
    std::vector<Thread> threads_;
    std::vector<unsigned> order_;
    std::vector<std::unique_ptr<Fiber>> fibers_;
    std::vector<Fiber*> idle_;
    Fiber* fiber_ = nullptr;
    void* scheduler_ = nullptr;
    void* scheduler_fake_stack_ = nullptr;
    const void* scheduler_bottom_ = nullptr;
    size_t scheduler_size_ = 0;
    unsigned next_ = 0, current_ = 0, done_ = 0;
    bool starting_ = false;
    void* shared_ = nullptr;
    std::string error_;
};

// What is thread_local and has a constructor is asked at every access whether it ran: here once a launch.
HOST_THREAD Blocks* launched = nullptr;

void Blocks::set_order() {
    const unsigned count = static_cast<unsigned>(threads_.size());
    unsigned step = 77;
    while (std::gcd(step, count) != 1) step++;
    order_.resize(count);
    for (unsigned place = 0; place < count; place++) {
        order_[place] = host_order() == kBackwards ? count - 1 - place
                        : host_order() == kMixed   ? (place * step + 13) % count
                                                   : place;
    }
}

void Blocks::make_current(unsigned index) {
    current_ = index;
    threadIdx = {index, 0, 0};
    const int64_t block = (int64_t{blockIdx.z} * gridDim.y + blockIdx.y) * gridDim.x + blockIdx.x;
    host_index = block * blockDim.x + index;
}

Fiber& Blocks::idle() {
    if (idle_.empty()) {
        fibers_.push_back(std::make_unique<Fiber>());
        idle_.push_back(fibers_.back().get());
    }
    Fiber& fiber = *idle_.back();
    idle_.pop_back();
    // As if host_switch_stack had been called by entry's caller: six registers, then where to return to.
    void** top = reinterpret_cast<void**>((reinterpret_cast<uintptr_t>(fiber.memory.get()) + kStack) & ~uintptr_t{63});
    *--top = nullptr;
    *--top = reinterpret_cast<void*>(&Blocks::entry);
    for (int i = 0; i < 6; i++) *--top = nullptr;
    fiber.stack = top;
    fiber.fake_stack = nullptr;
    return fiber;
}

void Blocks::enter(Fiber& fiber) {
    fiber_ = &fiber;
#if defined(HOST_KERNELS_SANITIZED)
    __sanitizer_start_switch_fiber(&scheduler_fake_stack_, fiber.memory.get(), kStack);
#endif
    host_switch_stack(&scheduler_, fiber.stack);
#if defined(HOST_KERNELS_SANITIZED)
    __sanitizer_finish_switch_fiber(scheduler_fake_stack_, nullptr, nullptr);
#endif
}

void Blocks::leave(bool for_good) {
    Fiber& self = *fiber_;
    (void)for_good;
#if defined(HOST_KERNELS_SANITIZED)
    __sanitizer_start_switch_fiber(for_good ? nullptr : &self.fake_stack, scheduler_bottom_, scheduler_size_);
#endif
    host_switch_stack(&self.stack, scheduler_);
#if defined(HOST_KERNELS_SANITIZED)
    __sanitizer_finish_switch_fiber(self.fake_stack, &scheduler_bottom_, &scheduler_size_);
#endif
}

void Blocks::entry() {
#if defined(HOST_KERNELS_SANITIZED)
    __sanitizer_finish_switch_fiber(nullptr, &launched->scheduler_bottom_, &launched->scheduler_size_);
#endif
    launched->work();
    std::abort();  // a fiber that has ended is not entered again
}

// Threads that meet no barrier follow one another on one fiber.
void Blocks::work() {
    bool more = true;
    while (more) {
        if (starting_) make_current(order_[next_++]);
        threads_[current_].fiber = fiber_;
        try {
            (*body_)();
        } catch (const std::exception& e) {
            error_ = e.what();
        }
        threads_[current_].waits = Waits::kDone;
        done_++;
        // Only while threads are being started does this fiber take the next one.
        more = starting_ && error_.empty() && next_ < threads_.size();
    }
    idle_.push_back(fiber_);
    leave(true);
}

void Blocks::wait(Waits where, unsigned mask, int kind, uint64_t value) {
    Thread& self = threads_[current_];
    self.waits = where;
    self.mask = mask;
    self.kind = kind;
    self.brought = value;
    leave(false);
}

bool Blocks::lane(int lane, uint64_t* value) const {
    if (lane < 0 || lane > 31 || (threads_[current_].participants >> lane & 1u) == 0) return false;
    *value = threads_[current_ / kWarp * kWarp + lane].published;
    return true;
}

bool Blocks::release_warp(unsigned first) {
    bool any = false;
    const unsigned count = std::min(kWarp, static_cast<unsigned>(threads_.size()) - first);
    unsigned seen = 0;
    for (unsigned lane = 0; lane < count; lane++) {
        const Thread& waiting = threads_[first + lane];
        if (waiting.waits != Waits::kWarp || (seen >> lane & 1u) != 0) continue;
        unsigned come = 0;
        bool complete = true;
        if ((waiting.mask >> lane & 1u) == 0) error_ = "a thread waits for a mask of its warp that lacks itself";
        for (unsigned other = 0; other < count; other++) {
            const Thread& t = threads_[first + other];
            if ((waiting.mask >> other & 1u) == 0 || t.waits == Waits::kDone) continue;
            if (t.waits == Waits::kWarp && t.mask == waiting.mask && t.kind == waiting.kind) {
                come |= 1u << other;
            } else {
                complete = false;
            }
        }
        seen |= come;
        if (!complete) continue;
        for (unsigned other = 0; other < count; other++) {
            if ((come >> other & 1u) == 0) continue;
            Thread& t = threads_[first + other];
            t.waits = Waits::kNowhere;
            t.published = t.brought;
            t.participants = come;
        }
        any = true;
    }
    return any;
}

// Frees the threads whose barriers are complete; false where there are none.
bool Blocks::release() {
    bool any = false, all_at_block = true;
    for (unsigned first = 0; first < threads_.size(); first += kWarp) any |= release_warp(first);
    if (any) return true;
    for (const Thread& t : threads_) all_at_block &= t.waits == Waits::kBlock || t.waits == Waits::kDone;
    if (!all_at_block) return false;
    for (Thread& t : threads_) {
        if (t.waits == Waits::kBlock) t.waits = Waits::kNowhere;
    }
    return true;
}

void Blocks::resume(unsigned index) {
    make_current(index);
    enter(*threads_[index].fiber);
}

void Blocks::run_block() {
    const unsigned count = static_cast<unsigned>(threads_.size());
    for (Thread& t : threads_) t = {Waits::kNowhere, 0, 0, 0, 0, 0, nullptr};
    next_ = done_ = 0;
    starting_ = true;
    while (next_ < count && error_.empty()) enter(idle());
    starting_ = false;
    while (done_ < count && error_.empty()) {
        if (!release()) {
            error_ = "threads of a block wait at different barriers";
            return;
        }
        for (unsigned i = 0; i < count && error_.empty(); i++) {
            const unsigned index = order_[i];
            if (threads_[index].waits == Waits::kNowhere) resume(index);
        }
    }
}

std::string Blocks::run(dim3 grid, unsigned thread_count, size_t shared, const std::function<void()>& thread) {
    // Exactly as large as asked for, so that the address sanitizer sees what goes beyond.
    const size_t bytes = (shared + 15) / 16 * 16;
    if (posix_memalign(&shared_, 128, std::max<size_t>(bytes, 16)) != 0) throw std::bad_alloc();
    const std::unique_ptr<void, decltype(&std::free)> memory(shared_, &std::free);
    body_ = &thread;
    error_.clear();
    threads_.resize(thread_count);
    set_order();
    blockDim = {thread_count, 1, 1};
    gridDim = {grid.x, grid.y, grid.z};
    const uint64_t all = uint64_t{grid.x} * grid.y * grid.z;
    for (uint64_t i = 0; i < all && error_.empty(); i++) {
        const uint64_t block = host_order() == kBackwards ? all - 1 - i : i;
        blockIdx = {static_cast<unsigned>(block % grid.x), static_cast<unsigned>(block / grid.x % grid.y),
                    static_cast<unsigned>(block / grid.x / grid.y)};
        std::memset(shared_, 0xff, bytes);
        run_block();
    }
    if (!error_.empty()) {
        // Fibers that wait for ever are abandoned, with their stacks.
        idle_.clear();
        fibers_.clear();
    }
    body_ = nullptr;
    shared_ = nullptr;
    return error_;
}

Blocks& inside_a_block() {
    if (launched == nullptr || !launched->running()) {
        throw std::logic_error("a barrier in a kernel that was launched for a count of threads");
    }
    return *launched;
}

}  // namespace

std::string host_run_blocks(dim3 grid, unsigned threads, size_t shared, const std::function<void()>& thread) {
    static thread_local Blocks blocks;
    launched = &blocks;
    return blocks.run(grid, threads, shared, thread);
}
void* host_shared() { return inside_a_block().shared(); }
void host_block_barrier() { inside_a_block().wait(Waits::kBlock, 0, 0, 0); }
void host_warp_barrier(unsigned mask, int kind, uint64_t value) {
    inside_a_block().wait(Waits::kWarp, mask, kind, value);
}
bool host_lane(int lane, uint64_t* value) { return inside_a_block().lane(lane, value); }
