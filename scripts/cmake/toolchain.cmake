# Flags that every target shares, and the faster compiler cache and linker where they are installed.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # Relative to the checkout, so that one clone profits from what another has compiled.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
               ${CCACHE_PROGRAM})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
endif()

add_library(testigo_flags INTERFACE)
target_compile_options(testigo_flags INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Wconversion>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC bug 105651: "literal" + std::string warns when optimised.
  target_compile_options(testigo_flags INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict>)
endif()
if(TESTIGO_WERROR)
  target_compile_options(testigo_flags INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Werror>)
endif()
if(TESTIGO_ASSERTIONS)
  target_compile_definitions(testigo_flags INTERFACE _GLIBCXX_ASSERTIONS)
endif()
if(TESTIGO_SANITIZE)
  target_compile_options(testigo_flags INTERFACE -fsanitize=${TESTIGO_SANITIZE} -fno-sanitize-recover=all
                                                 -fno-omit-frame-pointer)
  target_link_options(testigo_flags INTERFACE -fsanitize=${TESTIGO_SANITIZE})
endif()
if(TESTIGO_FUZZ)
  target_compile_options(testigo_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT TESTIGO_SANITIZE)
  target_link_options(testigo_flags INTERFACE -fuse-ld=mold)
endif()
