# SPDX-License-Identifier: GPL-2.0-or-later
# A manual page per verb from docs/verbs, where the program cmark is there; bash completion.
find_program(CMARK_PROGRAM cmark)
if(CMARK_PROGRAM)
  file(GLOB verb_pages CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/docs/verbs/*.md)
  set(manuals "")
  foreach(page IN LISTS verb_pages)
    get_filename_component(verb ${page} NAME_WE)
    set(manual ${CMAKE_CURRENT_BINARY_DIR}/man/atlasgen-${verb}.1)
    add_custom_command(OUTPUT ${manual}
      COMMAND ${CMAKE_COMMAND} -DIN=${page} -DOUT=${manual} -DVERB=${verb} -DVERSION=${PROJECT_VERSION}
        -DCMARK=${CMARK_PROGRAM} -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/Manual.cmake
      DEPENDS ${page} cmake/Manual.cmake VERBATIM)
    list(APPEND manuals ${manual})
  endforeach()
  add_custom_target(manuals ALL DEPENDS ${manuals})
  install(FILES ${manuals} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endif()
install(FILES data/completion/atlasgen.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
  RENAME atlasgen)
