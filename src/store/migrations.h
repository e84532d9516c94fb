#pragma once

#include <span>
#include <string_view>

namespace testigo::store {

class Connection;

// One numbered step of an older store towards schema.h; the first takes an empty file to version 1.
struct Migration {
  std::string_view what;  // for the reader, and for the error if it fails
  std::string_view sql;
  bool refills_full_text = false;       // which it leaves empty
  void (*then)(Connection&) = nullptr;  // what takes more than SQL, when all steps are made
};

// In order. Append only: a step that has shipped is never edited.
[[nodiscard]] std::span<const Migration> migrations();

}  // namespace testigo::store
