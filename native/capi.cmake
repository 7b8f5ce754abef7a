# SPDX-License-Identifier: Apache-2.0
#
# libnanohooke_c: the interface for other codes, with the kernels inside. Included by CMakeLists.txt.
include(GNUInstallDirs)
# One place everywhere, so that a tree that was built elsewhere says where its parts lie.
set(CMAKE_INSTALL_LIBDIR lib)

add_library(nanohooke_capi OBJECT
  src/capi/atoms_statics.cpp src/capi/c_api.cpp src/capi/cell.cpp src/capi/constants.cpp src/capi/decimal.cpp
  src/capi/eam_file.cpp src/capi/file.cpp src/capi/json.cpp src/capi/model_file.cpp src/capi/safetensors.cpp
  src/capi/surrogate.cpp src/capi/symmetry.cpp src/capi/table_lines.cpp)
target_include_directories(nanohooke_capi PUBLIC include src)
target_compile_options(nanohooke_capi PRIVATE -Wall -Wextra -ffp-contract=off)

add_library(nanohooke_c SHARED $<TARGET_OBJECTS:nanohooke_capi> $<TARGET_OBJECTS:nanohooke_objects>
            $<TARGET_OBJECTS:nh_network>)
foreach(isa IN ITEMS plain avx2 avx512)
  if(TARGET nh_network_${isa})
    target_sources(nanohooke_c PRIVATE $<TARGET_OBJECTS:nh_network_${isa}>)
    if(NANOHOOKE_SANITIZED AND NANOHOOKE_ORDINARY)
      target_sources(nanohooke_c PRIVATE
                     ${NANOHOOKE_ORDINARY}/CMakeFiles/nh_network_${isa}.dir/src/fft/line_kernels.cpp.o)
    endif()
  endif()
endforeach()
target_include_directories(nanohooke_c PUBLIC include)
target_link_libraries(nanohooke_c PRIVATE Threads::Threads)
nanohooke_portable(nanohooke_c nanohooke_c.map)
# Beside the other library of the build, but not among the natives that the jars carry.
file(STRINGS include/nanohooke_c.h NANOHOOKE_ABI REGEX "^#define NANOHOOKE_ABI [0-9]+$")
string(REGEX REPLACE ".* " "" NANOHOOKE_ABI "${NANOHOOKE_ABI}")
set_target_properties(nanohooke_c PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/c
                      VERSION ${NANOHOOKE_ABI}.${PROJECT_VERSION_MINOR}.${PROJECT_VERSION_PATCH}
                      SOVERSION ${NANOHOOKE_ABI})

set(java ${CMAKE_CURRENT_SOURCE_DIR}/../java)
set(resources src/main/resources/io/github/nanohooke)
set(NANOHOOKE_SHIPPED_MODEL ${java}/model/${resources}/model/al/nanohooke-al.safetensors)
set(NANOHOOKE_SHIPPED_POTENTIAL ${java}/${resources}/statics/potential/Al99.eam.alloy)

string(REGEX REPLACE "[^/]+" ".." NANOHOOKE_PC_UP "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
configure_file(nanohooke_c.pc.in nanohooke_c.pc @ONLY)
install(TARGETS nanohooke_c COMPONENT c LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
        COMPONENT c NAMELINK_COMPONENT c)
install(FILES include/nanohooke_c.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT c)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/nanohooke_c.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT c)
install(FILES ../LICENSES.md DESTINATION ${CMAKE_INSTALL_DATADIR}/nanohooke COMPONENT c OPTIONAL)
install(FILES ${NANOHOOKE_SHIPPED_MODEL} ${NANOHOOKE_SHIPPED_POTENTIAL} ${NANOHOOKE_SHIPPED_POTENTIAL}.LICENSE
        DESTINATION ${CMAKE_INSTALL_DATADIR}/nanohooke COMPONENT c OPTIONAL)
install(DIRECTORY examples DESTINATION ${CMAKE_INSTALL_DATADIR}/nanohooke COMPONENT c PATTERN CMakeLists.txt EXCLUDE)
