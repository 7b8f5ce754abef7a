// SPDX-License-Identifier: GPL-2.0-only
//
// Loading of LAMMPS, and its Error class in our place.
//
// A LAMMPS built without exceptions ends the process on any error. Its own calls to Error go through the dynamic
// symbol table, so that the definitions below, which come earlier in the global scope, are the ones that are called;
// they throw, and the JNI wrapper around every C function turns that into a Java exception.
//
// Included by the generated JNI source, once.
#pragma once

#include <dlfcn.h>
#include <elf.h>
#include <link.h>

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>

namespace nanohooke {

using ErrorMember = void (*)(void *, const std::string &, int, const std::string &);
using DoneMember = void (*)(void *, int);

constexpr const char *kAll = "_ZN9LAMMPS_NS5Error3allERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEEiS8_";
constexpr const char *kOne = "_ZN9LAMMPS_NS5Error3oneERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEEiS8_";
constexpr const char *kUniverseAll =
    "_ZN9LAMMPS_NS5Error12universe_allERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEEiS8_";
constexpr const char *kUniverseOne =
    "_ZN9LAMMPS_NS5Error12universe_oneERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEEiS8_";
constexpr const char *kDone = "_ZN9LAMMPS_NS5Error4doneEi";

// Every C function that the safe layer calls: a name that is missing at call time would end the process.
constexpr const char *kRequired[] = {
    "lammps_open_no_mpi",
    "lammps_open_fortran",
    "lammps_close",
    "lammps_mpi_finalize",
    "lammps_command",
    "lammps_get_natoms",
    "lammps_get_thermo",
    "lammps_extract_box",
    "lammps_extract_setting",
    "lammps_extract_global",
    "lammps_extract_compute",
    "lammps_gather_atoms",
    "lammps_scatter_atoms",
    "lammps_create_atoms",
    "lammps_version",
    "lammps_config_has_mpi_support",
    "lammps_config_has_exceptions",
    "lammps_config_package_count",
    "lammps_config_package_name",
    "lammps_has_style",
    "lammps_set_fix_external_callback",
    "lammps_force_timeout",
    "lammps_has_error",
    "lammps_get_last_error_message",
};

struct Loaded {
    void *handle = nullptr;
    std::string path;
    bool interposed = false;
    int mpi = 0;
};

inline Loaded &loaded() {
    static Loaded instance;
    return instance;
}

[[noreturn]] inline void fail(const char *member, void *self, const std::string &file, int line,
                              const std::string &text) {
    if (!loaded().interposed) {
        // This build throws by itself; its C functions expect its own exception type.
        auto own = reinterpret_cast<ErrorMember>(dlsym(loaded().handle, member));
        if (own != nullptr) own(self, file, line, text);
    }
    throw std::runtime_error(text + " (" + file + ":" + std::to_string(line) + ")");
}

// True when calls inside the library to the function of that name go through its relocation table and can therefore
// be answered from outside: not so in a build with -Bsymbolic, hidden symbols or direct calls.
inline bool can_be_interposed(void *handle, const char *name) {
    link_map *map = nullptr;
    if (dlinfo(handle, RTLD_DI_LINKMAP, &map) != 0 || map == nullptr) return false;
    const ElfW(Sym) *symbols = nullptr;
    const char *strings = nullptr;
    const ElfW(Rela) * tables[2] = {nullptr, nullptr};
    size_t bytes[2] = {0, 0};
    for (const ElfW(Dyn) *d = map->l_ld; d->d_tag != DT_NULL; ++d) {
        switch (d->d_tag) {
            case DT_SYMTAB:
                symbols = reinterpret_cast<const ElfW(Sym) *>(d->d_un.d_ptr);
                break;
            case DT_STRTAB:
                strings = reinterpret_cast<const char *>(d->d_un.d_ptr);
                break;
            case DT_JMPREL:
                tables[0] = reinterpret_cast<const ElfW(Rela) *>(d->d_un.d_ptr);
                break;
            case DT_PLTRELSZ:
                bytes[0] = d->d_un.d_val;
                break;
            case DT_RELA:
                tables[1] = reinterpret_cast<const ElfW(Rela) *>(d->d_un.d_ptr);
                break;
            case DT_RELASZ:
                bytes[1] = d->d_un.d_val;
                break;
            case DT_SYMBOLIC:
                return false;
            case DT_FLAGS:
                if (d->d_un.d_val & DF_SYMBOLIC) return false;
                break;
            default:
                break;
        }
    }
    if (symbols == nullptr || strings == nullptr) return false;
    for (int t = 0; t < 2; ++t) {
        for (size_t i = 0; tables[t] != nullptr && i < bytes[t] / sizeof(ElfW(Rela)); ++i) {
            size_t symbol = ELF64_R_SYM(tables[t][i].r_info);
            if (symbol != 0 && std::strcmp(strings + symbols[symbol].st_name, name) == 0) return true;
        }
    }
    return false;
}

inline int mpi_kind(void *handle) {
    if (dlsym(handle, "ompi_mpi_comm_self") != nullptr) return 1;
    auto version = reinterpret_cast<int (*)(char *, int *)>(dlsym(handle, "MPI_Get_library_version"));
    if (version == nullptr) return 0;
    char text[8192] = "";
    int length = 0;
    version(text, &length);
    return std::strstr(text, "MPICH") || std::strstr(text, "Intel") || std::strstr(text, "MVAPICH") ? 2 : 3;
}

inline int reject(char *why, int capacity, const std::string &reason) {
    std::snprintf(why, static_cast<size_t>(capacity), "%s", reason.c_str());
    return 1;
}

inline bool launched_by_mpi() {
    for (const char *name : {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK", "PMI_SIZE"}) {
        if (std::getenv(name) != nullptr) return true;
    }
    return false;
}

// What has to hold in the process before LAMMPS runs in it. Values that the user set are kept.
inline void prepare_process() {
    // The JVM takes over the user's locale; LAMMPS reads numbers with atof, and 0.5 is 0 where a comma is expected.
    std::setlocale(LC_NUMERIC, "C");
    // Without a launcher Open MPI would start a daemon (orted) that lives as long as the process.
    setenv("OMPI_MCA_ess_singleton_isolated", "1", 0);
    if (!launched_by_mpi()) {
        setenv("OMPI_MCA_pml", "ob1", 0);
        setenv("OMPI_MCA_btl", "self", 0);
    }
}

}  // namespace nanohooke

namespace LAMMPS_NS {

class Error {
public:
    [[noreturn]] void all(const std::string &, int, const std::string &);
    [[noreturn]] void one(const std::string &, int, const std::string &);
    [[noreturn]] void universe_all(const std::string &, int, const std::string &);
    [[noreturn]] void universe_one(const std::string &, int, const std::string &);
    [[noreturn]] void done(int);
};

void Error::all(const std::string &file, int line, const std::string &text) {
    nanohooke::fail(nanohooke::kAll, this, file, line, text);
}
void Error::one(const std::string &file, int line, const std::string &text) {
    nanohooke::fail(nanohooke::kOne, this, file, line, text);
}
void Error::universe_all(const std::string &file, int line, const std::string &text) {
    nanohooke::fail(nanohooke::kUniverseAll, this, file, line, text);
}
void Error::universe_one(const std::string &file, int line, const std::string &text) {
    nanohooke::fail(nanohooke::kUniverseOne, this, file, line, text);
}
// LAMMPS' way to end the process in good order (quit, -help); the process is not LAMMPS' to end here.
void Error::done(int status) {
    throw std::runtime_error("LAMMPS asked to end the process with status " + std::to_string(status));
}

}  // namespace LAMMPS_NS

int nanohooke_lammps_load(const char *path, char *why, int capacity) {
    using namespace nanohooke;
    if (loaded().handle != nullptr) return reject(why, capacity, "another LAMMPS library is already in use");
    prepare_process();

    // Local at first, so that a rejected candidate leaves no symbol behind in the global scope.
    void *handle = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
    if (handle == nullptr) return reject(why, capacity, dlerror());
    for (const char *name : kRequired) {
        if (dlsym(handle, name) == nullptr) {
            dlclose(handle);
            return reject(
                why, capacity,
                std::string("it has no function ") + name + ": no LAMMPS library, or one older than September 2021");
        }
    }
    auto has_exceptions = reinterpret_cast<int (*)()>(dlsym(handle, "lammps_config_has_exceptions"));
    bool interpose = has_exceptions() == 0;
    if (interpose) {
        for (const char *name : {kAll, kOne, kDone}) {
            if (!can_be_interposed(handle, name)) {
                dlclose(handle);
                return reject(why, capacity,
                              "it was built without exceptions and in a way that keeps its errors from being "
                              "caught: the first one would end the JVM. Build it with "
                              "-D LAMMPS_EXCEPTIONS=on");
            }
        }
    }
    // Our Error first in the global scope, then LAMMPS.
    Dl_info self;
    if (dladdr(reinterpret_cast<void *>(&nanohooke_lammps_load), &self) == 0 ||
        dlopen(self.dli_fname, RTLD_LAZY | RTLD_GLOBAL | RTLD_NOLOAD) == nullptr ||
        dlopen(path, RTLD_LAZY | RTLD_GLOBAL | RTLD_NOLOAD) == nullptr) {
        const char *text = dlerror();
        dlclose(handle);
        return reject(why, capacity, std::string("cannot be made visible to the bindings: ") + (text ? text : "?"));
    }
    link_map *map = nullptr;
    if (dlinfo(handle, RTLD_DI_LINKMAP, &map) == 0 && map != nullptr) loaded().path = map->l_name;
    loaded().handle = handle;
    loaded().interposed = interpose;
    auto has_mpi = reinterpret_cast<int (*)()>(dlsym(handle, "lammps_config_has_mpi_support"));
    loaded().mpi = has_mpi() ? mpi_kind(handle) : 0;
    return 0;
}

const char *nanohooke_lammps_path() { return nanohooke::loaded().path.c_str(); }

int nanohooke_lammps_errors_interposed() { return nanohooke::loaded().interposed ? 1 : 0; }

int nanohooke_lammps_mpi_kind() { return nanohooke::loaded().mpi; }

// The values that the two families fix in their mpif.h.
int nanohooke_lammps_comm_world() { return nanohooke::loaded().mpi == 2 ? 0x44000000 : 0; }
int nanohooke_lammps_comm_self() { return nanohooke::loaded().mpi == 2 ? 0x44000001 : 1; }
