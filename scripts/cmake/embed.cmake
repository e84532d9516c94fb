# testigo_embed(TARGET FOLDER…): every file below the folders, built into a static library that
# defines testigo::embedded_files() (src/core/embedded.h). The assembler includes the bytes.
function(testigo_embed target)
  set(assembly "    .section .rodata\n")
  set(rows "")
  set(files "")
  foreach(folder ${ARGN})
    file(GLOB_RECURSE found CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} ${folder}/*)
    list(APPEND files ${found})
  endforeach()
  list(SORT files)
  set(n 0)
  foreach(file ${files})
    string(APPEND assembly
      "    .global testigo_embedded_${n}_begin\n    .global testigo_embedded_${n}_end\n"
      "testigo_embedded_${n}_begin:\n    .incbin \"${CMAKE_SOURCE_DIR}/${file}\"\n"
      "testigo_embedded_${n}_end:\n    .byte 0\n")
    string(APPEND declarations "extern \"C\" const char testigo_embedded_${n}_begin[], testigo_embedded_${n}_end[];\n")
    string(APPEND rows "    file(\"${file}\", testigo_embedded_${n}_begin, testigo_embedded_${n}_end),\n")
    math(EXPR n "${n} + 1")
  endforeach()
  string(APPEND assembly "    .section .note.GNU-stack,\"\",%progbits\n")
  string(CONCAT cpp
    "#include <array>\n\n#include \"core/embedded.h\"\n\n${declarations}\nnamespace testigo {\nnamespace {\n"
    "EmbeddedFile file(std::string_view path, const char* begin, const char* end) {\n"
    "  return {path, std::string_view(begin, static_cast<std::size_t>(end - begin))};\n}\n}  // namespace\n\n"
    "std::span<const EmbeddedFile> embedded_files() {\n  static const std::array<EmbeddedFile, ${n}> files = {\n${rows}  };\n"
    "  return files;\n}\n\n}  // namespace testigo\n")
  set(out ${CMAKE_BINARY_DIR}/embedded)
  file(CONFIGURE OUTPUT ${out}/${target}.S CONTENT "${assembly}" @ONLY)
  file(CONFIGURE OUTPUT ${out}/${target}.cpp CONTENT "${cpp}" @ONLY)
  list(TRANSFORM files PREPEND ${CMAKE_SOURCE_DIR}/ OUTPUT_VARIABLE depends)
  set_source_files_properties(${out}/${target}.S PROPERTIES OBJECT_DEPENDS "${depends}")
  # ccache cannot see what .incbin reads, so the assembler is called without it.
  add_library(${target} STATIC ${out}/${target}.S ${out}/${target}.cpp)
  set_target_properties(${target} PROPERTIES C_COMPILER_LAUNCHER "" ASM_COMPILER_LAUNCHER "")
  target_link_libraries(${target} PUBLIC testigo_core)
endfunction()
