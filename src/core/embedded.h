#pragma once

#include <span>
#include <string_view>

namespace testigo {

// A file of the checkout that is built into the binary, so that one file runs anywhere.
struct EmbeddedFile {
  std::string_view path;  // relative to the checkout: "rules/es/lexicon.tsv"
  std::string_view bytes;
};

// Everything under rules/ and data/demo/, sorted by path. Defined in a generated file that only
// the program and the tests that need it link (CMake target testigo_embedded).
[[nodiscard]] std::span<const EmbeddedFile> embedded_files();

}  // namespace testigo
