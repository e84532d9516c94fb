#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

namespace testigo::archive {

// An open file of the archive. Errors are Errc::io (not_found where there is no such file, busy
// where another process holds the lock), with the path and the system's own words.
class File {
 public:
  enum class Mode {
    read,
    append,  // made if it is absent; read and written
    change,  // an existing file, read and written
  };
  [[nodiscard]] static Result<File> open(const std::string& path, Mode mode);

  // A file without a name in a folder, gone when it is closed or the process ends.
  [[nodiscard]] static Result<File> make_nameless(const std::string& folder);

  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;
  ~File();

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] Result<std::uint64_t> size() const;
  // Up to `count` bytes from `offset`; fewer only at the file's end.
  [[nodiscard]] Result<std::string> read(std::uint64_t offset, std::size_t count) const;
  [[nodiscard]] Result<void> write(std::uint64_t offset, std::string_view bytes);
  [[nodiscard]] Result<void> truncate(std::uint64_t size);
  [[nodiscard]] Result<void> sync_data();  // fdatasync
  // Takes the file for this process alone until it is closed (flock); Errc::busy if it is taken.
  [[nodiscard]] Result<void> lock();

 private:
  File(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}

  std::string path_;
  int descriptor_ = -1;
};

// Makes a new file's name survive a power cut (fsync of the folder).
[[nodiscard]] Result<void> sync_folder(const std::string& folder);

}  // namespace testigo::archive
