# SPDX-License-Identifier: GPL-2.0-or-later
# One manual page: OUT from IN (docs/verbs/VERB.md).
file(READ ${IN} text)
# The title and the line below it make the NAME section; what was a chapter becomes a section.
string(REGEX REPLACE "^# [^\n]*\n\n([^\n]*)\\.\n" "# NAME\n\natlasgen-${VERB} - \\1\n" text "${text}")
string(REPLACE "\n## " "\n# " text "${text}")
get_filename_component(dir ${OUT} DIRECTORY)
file(MAKE_DIRECTORY ${dir})
file(WRITE ${OUT}.md "${text}")
execute_process(COMMAND ${CMARK} --to man ${OUT}.md OUTPUT_VARIABLE body COMMAND_ERROR_IS_FATAL ANY)
string(TOUPPER ${VERB} upper)
file(WRITE ${OUT} ".TH ATLASGEN-${upper} 1 \"\" \"atlasgen ${VERSION}\" \"User Commands\"\n${body}")
file(REMOVE ${OUT}.md)
