/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef NANOHOOKE_LAMMPS_H
#define NANOHOOKE_LAMMPS_H

/* What JavaCPP cannot take from LAMMPS' own library.h: bringing one build of LAMMPS into the process. */

/* Loads the LAMMPS library at path for the life of the process. Returns 0 when it is in use from now on, otherwise
   writes into why (capacity bytes, always terminated) what is wrong with it and leaves the process as it was. */
int nanohooke_lammps_load(const char *path, char *why, int capacity);

/* The file that the dynamic linker found for it. */
const char *nanohooke_lammps_path();

/* 1 when errors of the loaded build are turned into exceptions here, 0 when the build does so itself. */
int nanohooke_lammps_errors_interposed();

/* Which MPI the loaded build uses: 0 none, 1 Open MPI, 2 MPICH or a library with its ABI, 3 another. */
int nanohooke_lammps_mpi_kind();

/* The world's and the process's own communicator as Fortran handles of that MPI, for lammps_open_fortran. */
int nanohooke_lammps_comm_world();
int nanohooke_lammps_comm_self();

/* The definitions: the one file that includes this header is the JNI source that JavaCPP generates. */
#include "nanohooke_lammps_impl.hpp"

#endif
