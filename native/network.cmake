# SPDX-License-Identifier: Apache-2.0
#
# The network kernel. Adds its sources to the target `nanohooke`; the files that are written in Vec8 are compiled once
# per instruction set. Included by CMakeLists.txt, and by tests/network/CMakeLists.txt for a build of its own.

set(NH_NETWORK_DIR ${CMAKE_CURRENT_LIST_DIR})
set(NH_NETWORK_FLAGS -Wall -Wextra -fvisibility=hidden -fPIC)

# Contraction is what gives NEON its fused products; math-errno and trapping-math only keep the compiler from
# vectorising. Nothing here reorders sums: results are the same from run to run and from build to build.
set(NH_KERNEL_FLAGS ${NH_NETWORK_FLAGS} -O3 -ffp-contract=fast -fno-math-errno -fno-trapping-math)

# For a build with sanitizers: the transforms' straight-line code, which takes the compiler ten minutes with them, is as
# it is, taken from an ordinary build if there is one; else there is one instruction set, for half a minute each.
option(NANOHOOKE_SANITIZED "Leave out of the kernels what is too much for sanitizers" OFF)
set(NANOHOOKE_ORDINARY "" CACHE PATH "For a build with sanitizers: the folder of a build without")
if(NANOHOOKE_SANITIZED)
  list(APPEND NH_KERNEL_FLAGS -O1)
  set_source_files_properties(${NH_NETWORK_DIR}/src/fft/line_kernels.cpp PROPERTIES COMPILE_OPTIONS -fno-sanitize=all)
endif()

function(nh_network_kernels isa number)
  set(line_kernels ${NH_NETWORK_DIR}/src/fft/line_kernels.cpp)
  if(NANOHOOKE_SANITIZED AND NANOHOOKE_ORDINARY)
    set(line_kernels)
    set(ordinary ${NANOHOOKE_ORDINARY}/CMakeFiles/nh_network_${isa}.dir/src/fft/line_kernels.cpp.o)
    set_source_files_properties(${ordinary} PROPERTIES EXTERNAL_OBJECT TRUE)
    target_sources(nanohooke PRIVATE ${ordinary})
    target_sources(nh_network_inside PRIVATE ${ordinary})
  endif()
  add_library(nh_network_${isa} OBJECT ${line_kernels} ${NH_NETWORK_DIR}/src/network/kernel_table.cpp)
  target_compile_features(nh_network_${isa} PRIVATE cxx_std_17)
  target_compile_definitions(nh_network_${isa} PRIVATE NH_ISA=${isa} NH_ISA_NUMBER=${number})
  target_compile_options(nh_network_${isa} PRIVATE ${NH_KERNEL_FLAGS} ${ARGN})
  target_include_directories(nh_network_${isa} PRIVATE ${NH_NETWORK_DIR}/include ${NH_NETWORK_DIR}/src)
  target_sources(nanohooke PRIVATE $<TARGET_OBJECTS:nh_network_${isa}>)
  target_sources(nh_network_inside PRIVATE $<TARGET_OBJECTS:nh_network_${isa}>)
endfunction()

find_package(Threads REQUIRED)

# The code around the kernels, for the platform's baseline; an object library, so that the tests can take it too and
# look behind the C interface.
add_library(nh_network OBJECT
  ${NH_NETWORK_DIR}/src/fft/plane.cpp
  ${NH_NETWORK_DIR}/src/network/api.cpp
  ${NH_NETWORK_DIR}/src/network/arena.cpp
  ${NH_NETWORK_DIR}/src/network/convolution.cpp
  ${NH_NETWORK_DIR}/src/network/definition.cpp
  ${NH_NETWORK_DIR}/src/network/dense.cpp
  ${NH_NETWORK_DIR}/src/network/dispatch.cpp
  ${NH_NETWORK_DIR}/src/network/edges.cpp
  ${NH_NETWORK_DIR}/src/network/head.cpp
  ${NH_NETWORK_DIR}/src/network/network.cpp)
target_compile_features(nh_network PRIVATE cxx_std_17)
target_compile_options(nh_network PRIVATE ${NH_NETWORK_FLAGS} -O2)
target_include_directories(nh_network PUBLIC ${NH_NETWORK_DIR}/include ${NH_NETWORK_DIR}/src)
target_sources(nanohooke PRIVATE $<TARGET_OBJECTS:nh_network>)
target_include_directories(nanohooke PUBLIC ${NH_NETWORK_DIR}/include)
target_link_libraries(nanohooke PRIVATE Threads::Threads)

# Everything of the network, for the tests only.
add_library(nh_network_inside STATIC EXCLUDE_FROM_ALL $<TARGET_OBJECTS:nh_network>)
target_include_directories(nh_network_inside PUBLIC ${NH_NETWORK_DIR}/include ${NH_NETWORK_DIR}/src)
target_link_libraries(nh_network_inside PUBLIC Threads::Threads)

nh_network_kernels(plain NH_ISA_PLAIN)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64" AND (NOT NANOHOOKE_SANITIZED OR NANOHOOKE_ORDINARY))
  nh_network_kernels(avx2 NH_ISA_AVX2 -mavx2 -mfma)
  nh_network_kernels(avx512 NH_ISA_AVX512 -mavx2 -mfma -mavx512f -mavx512vl -mavx512dq -mavx512bw
                     -mprefer-vector-width=256)
  target_compile_definitions(nh_network PRIVATE NH_HAVE_AVX)
endif()
