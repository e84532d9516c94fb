#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "archive/warc_writer.h"

namespace testigo::test {

// A folder of its own, gone with the test.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] std::string folder() const { return path_.string(); }
  [[nodiscard]] std::string path(std::string_view name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

[[nodiscard]] std::string read_file(const std::string& path);
void write_file(const std::string& path, std::string_view bytes);

// A GET of a page with that body, at a fixed time.
[[nodiscard]] archive::Exchange exchange(std::string url, std::string body,
                                         std::string_view time = "2026-11-25T12:00:00Z");

[[nodiscard]] archive::WriterOptions options(const Scratch& scratch);

}  // namespace testigo::test
