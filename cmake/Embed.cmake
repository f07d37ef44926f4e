# SPDX-License-Identifier: GPL-2.0-or-later
# schema/, templates/ and data/ are compiled into the program, so that the one
# file build/atlasgen runs from anywhere.  src/base/embed.c looks them up.
file(GLOB ATLASGEN_EMBED CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR}
  schema/*.sql templates/* data/*.tsv)
list(SORT ATLASGEN_EMBED)
set(embed_out ${CMAKE_CURRENT_BINARY_DIR}/generated/embedded_files.h)
list(TRANSFORM ATLASGEN_EMBED PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ OUTPUT_VARIABLE embed_paths)
add_custom_command(OUTPUT ${embed_out}
  COMMAND ${CMAKE_COMMAND} -DOUT=${embed_out} -DROOT=${CMAKE_CURRENT_SOURCE_DIR} "-DFILES=${ATLASGEN_EMBED}"
    -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/EmbedFiles.cmake
  DEPENDS ${embed_paths} cmake/EmbedFiles.cmake VERBATIM)
target_sources(atlas PRIVATE ${embed_out})
