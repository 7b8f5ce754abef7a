// SPDX-License-Identifier: GPL-2.0-only
//
// A stand-in for builds of LAMMPS that are not on the machine: no physics, only the border. Built by the tests with
//   -DTHROWS=1    a build with exceptions and without MPI, which reports errors through lammps_has_error
//   -DTHROWS=0    a build without exceptions whose Error class cannot be reached from outside
//   -DINCOMPLETE  one that lacks a function
#include <cstdio>
#include <cstring>

struct Instance {
    bool failed = false;
};

extern "C" {
void *lammps_open_no_mpi(int, char **, void **) { return new Instance; }
void *lammps_open_fortran(int, char **, int) { return nullptr; }
void lammps_close(void *handle) { delete static_cast<Instance *>(handle); }
void lammps_mpi_finalize() {}
char *lammps_command(void *handle, const char *command) {
    static_cast<Instance *>(handle)->failed = std::strncmp(command, "no_such", 7) == 0;
    return nullptr;
}
double lammps_get_natoms(void *) { return 0; }
double lammps_get_thermo(void *, const char *) { return 0; }
void lammps_extract_box(void *, double *, double *, double *, double *, double *, int *, int *) {}
int lammps_extract_setting(void *, const char *) { return 0; }
void *lammps_extract_global(void *, const char *) { return nullptr; }
void *lammps_extract_compute(void *, const char *, int, int) { return nullptr; }
void lammps_gather_atoms(void *, char *, int, int, void *) {}
void lammps_scatter_atoms(void *, char *, int, int, void *) {}
int lammps_create_atoms(void *, int, const int *, const int *, const double *, const double *, const int *, int) {
    return 0;
}
int lammps_version(void *) { return 20990101; }
int lammps_config_has_mpi_support() { return 0; }
int lammps_config_has_exceptions() { return THROWS; }
int lammps_config_package_count() { return 0; }
int lammps_config_package_name(int, char *, int) { return 0; }
int lammps_has_style(void *, const char *, const char *) { return 0; }
void lammps_set_fix_external_callback(void *, const char *, void *, void *) {}
void lammps_force_timeout(void *) {}
int lammps_has_error(void *handle) { return static_cast<Instance *>(handle)->failed; }
#ifndef INCOMPLETE
int lammps_get_last_error_message(void *handle, char *buffer, int size) {
    std::snprintf(buffer, static_cast<size_t>(size), "ERROR: Unknown command of the stand-in\n");
    static_cast<Instance *>(handle)->failed = false;
    return 1;
}
#endif
}
