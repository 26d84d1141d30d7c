# SPDX-License-Identifier: MIT
# room(NAME FOLDER folder LINK libraries…): a library of every source of the folder. Includes are written
# "folder/file.h". Each room sees the folders of the rooms it may use and no others: headers are staged
# per room, so that a wrong door is a missing file.
function(room NAME)
  cmake_parse_arguments(ROOM "" "FOLDER" "LINK;PRIVATE;WITHOUT;GENERATED" ${ARGN})
  set(STAGE ${CMAKE_BINARY_DIR}/include/${NAME})
  file(MAKE_DIRECTORY ${STAGE})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR}/${ROOM_FOLDER} ${STAGE}/${ROOM_FOLDER} SYMBOLIC)
  file(GLOB_RECURSE SOURCES RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} CONFIGURE_DEPENDS ${ROOM_FOLDER}/*.c)
  list(REMOVE_ITEM SOURCES ${ROOM_WITHOUT} "")
  add_library(${NAME} STATIC ${SOURCES} ${ROOM_GENERATED})
  target_include_directories(${NAME} PUBLIC ${STAGE})
  target_link_libraries(${NAME} PUBLIC ${ROOM_LINK} PRIVATE ${ROOM_PRIVATE})
endfunction()
