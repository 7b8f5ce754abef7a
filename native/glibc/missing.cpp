// SPDX-License-Identifier: Apache-2.0
//
// What the static libstdc++ of newer systems calls and glibc 2.28 does not have. The version script keeps these names
// inside the library; the other half of the matter, old versions of old names, is in stubs.sh.
#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

extern "C" {

// glibc 2.32; false is what a process with a JVM in it is.
char __libc_single_threaded = 0;

// glibc 2.33, for std::filebuf. Declared here and not by <sys/stat.h>, whose declaration depends on glibc's version.
int fstat64(int file, void *status) { return static_cast<int>(syscall(SYS_fstat, file, status)); }

// glibc 2.36, for std::random_device.
std::uint32_t nh_arc4random() __asm__("arc4random");
std::uint32_t nh_arc4random() {
    std::uint32_t value = 0;
    while (getrandom(&value, sizeof value, 0) != sizeof value) {
    }
    return value;
}
}
