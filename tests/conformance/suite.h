#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "formats/json.h"

namespace testigo::conformance {

// What a case asks about: each kind has its own shape of input and of answer.
enum class Kind {
  robots,      // a robots.txt and an agent, or a status
  urls,        // a URL and what to do with it
  dates,       // a text and the instant that it is read at
  ratings,     // a text, or a piece of HTML with stars
  charsets,    // a file, its encoding asked
  feeds,       // a file and the answer's headers
  sitemaps,    // a file and its address, as the following
  structured,
  pagination,
  content,
};

// One line of an index: {"case","category","input",…}. Files are named relative to `folder`.
struct Case {
  std::filesystem::path folder;
  formats::JsonValue row;

  [[nodiscard]] std::string name() const { return text("/case"); }
  // The text at a JSON Pointer into the row; "" where nothing stands there.
  [[nodiscard]] std::string text(std::string_view pointer) const;
  [[nodiscard]] const formats::JsonValue* find(std::string_view pointer) const;
  [[nodiscard]] bool has(std::string_view pointer) const { return find(pointer) != nullptr; }
  [[nodiscard]] std::string url() const { return text("/input/url"); }
  // The bytes of the file named at /input/`member`, and unpacked where its name ends in ".gz".
  // Errors: not_found (no such member or file), malformed and limit_exceeded (a bad gzip file).
  [[nodiscard]] Result<std::string> file(std::string_view member = "file") const;
  // The same without unpacking.
  [[nodiscard]] Result<std::string> packed_file(std::string_view member = "file") const;
};

// By the shape of the input; where several kinds look alike (a file and its address), by the
// suite's name at the beginning of the case's, else by what the row expects. Nothing for a kind
// that this program does not know.
[[nodiscard]] std::optional<Kind> kind_of(const Case& row);

}  // namespace testigo::conformance
