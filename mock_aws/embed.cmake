# SPDX-License-Identifier: MIT
# Turn the text file INPUT into a C file OUTPUT that defines `const char NAME[]`.
file(READ ${INPUT} HEX HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," BYTES "${HEX}")
file(WRITE ${OUTPUT} "extern const char ${NAME}[];\nconst char ${NAME}[] = {${BYTES}0};\n")
