# SPDX-License-Identifier: GPL-2.0-or-later
# Writes OUT: for each of FILES (relative to ROOT) its bytes and its name.
set(arrays "")
set(table "")
set(index 0)
foreach(file IN LISTS FILES)
  file(READ ${ROOT}/${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND arrays "static const unsigned char embedded_${index}[] = {${bytes}0};\n")
  string(APPEND table "\t{\"${file}\", embedded_${index}, sizeof(embedded_${index}) - 1},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE ${OUT}.new "${arrays}static const struct embedded_file embedded_files[] = {\n${table}\t{0, 0, 0},\n};\n")
file(RENAME ${OUT}.new ${OUT})
