# testigo_module(ROOM USES room… DOORS library…): one static library per folder of src/.
# Doors are PRIVATE: their headers are visible to this room's .cpp files and nowhere else.
function(testigo_module room)
  cmake_parse_arguments(ARG "" "" "USES;DOORS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS src/${room}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/cli/main\\.cpp$")
  add_library(testigo_${room} STATIC ${sources})
  target_include_directories(testigo_${room} PUBLIC src)
  list(TRANSFORM ARG_USES PREPEND testigo_ OUTPUT_VARIABLE uses)
  target_link_libraries(testigo_${room} PUBLIC ${uses} PRIVATE ${ARG_DOORS} testigo_flags Threads::Threads)
endfunction()

# testigo_test(ROOM): the room's own test executable, linked to that room and what it stands on.
# EXTRA names what its tests need beyond that (the embedded files, a server to talk to).
function(testigo_test room)
  cmake_parse_arguments(ARG "" "" "EXTRA" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${room}/*_test.cpp ${room}/support/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(test_${room} ${sources})
  target_include_directories(test_${room} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_link_libraries(test_${room} PRIVATE testigo_${room} testigo_test_main testigo_flags ${ARG_EXTRA})
  target_compile_definitions(test_${room} PRIVATE
    TESTIGO_SOURCE_DIR="${CMAKE_SOURCE_DIR}" TESTIGO_SHARED_DIR="${TESTIGO_SHARED}")
  add_test(NAME ${room} COMMAND test_${room})
  set_tests_properties(${room} PROPERTIES TIMEOUT 300)
endfunction()
