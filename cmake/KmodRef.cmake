# SPDX-License-Identifier: GPL-2.0-or-later
# The reference module (kmod-ref/), built through kbuild on demand: `cmake --build build --target kmod-ref`.
set(ATLASGEN_KERNEL_HEADERS "" CACHE PATH
  "Kernel headers for the reference module (default: the newest of /usr/src/linux-headers-*)")
set(ATLASGEN_KBUILD_ARGUMENTS "" CACHE STRING "More arguments for kbuild: CC=..., ARCH=..., CROSS_COMPILE=...")
separate_arguments(kbuild_arguments UNIX_COMMAND "${ATLASGEN_KBUILD_ARGUMENTS}")
add_custom_target(kmod-ref
  COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/kmod-ref/build.sh ${CMAKE_CURRENT_BINARY_DIR}/kmod-ref
    "${ATLASGEN_KERNEL_HEADERS}" ${kbuild_arguments}
  VERBATIM USES_TERMINAL)
