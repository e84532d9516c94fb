#include "app/files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

namespace testigo::app {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using FileHandle = std::unique_ptr<std::FILE, CloseFile>;

Error system_error(const std::string& path) {
  const int reason = errno;
  return {reason == ENOENT ? Errc::not_found : Errc::io,
          std::string("cannot be opened: ") + std::strerror(reason), path};
}

// The system opens a folder as if it were a file without bytes.
Result<void> no_folder(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) return {};
  return fail(Errc::io, "is a folder; name a file in it", path);
}

}  // namespace

Result<std::ifstream> open_file(const std::string& path) {
  if (auto named = no_folder(path); !named) return fail(std::move(named.error()));
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(system_error(path));
  return in;
}

Error unread_rest(const std::string& path) { return {Errc::io, "cannot be read to its end", path}; }

Result<std::string> read_file(const std::string& path) {
  if (auto named = no_folder(path); !named) return fail(std::move(named.error()));
  const FileHandle file(std::fopen(path.c_str(), "rb"));
  if (!file) return fail(system_error(path));
  std::string bytes;
  char chunk[65536];
  while (const std::size_t got = std::fread(chunk, 1, sizeof chunk, file.get()))
    bytes.append(chunk, got);
  if (std::ferror(file.get())) return fail(unread_rest(path));
  return bytes;
}

Result<void> write_new_file(const std::string& path, std::string_view bytes) {
  if (std::filesystem::exists(path))
    return fail(Errc::refused, "is there already; move it away first", path);
  FileHandle file(std::fopen(path.c_str(), "wbx"));
  if (!file) return fail(system_error(path));
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size();
  if (std::fclose(file.release()) != 0 || !written)
    return fail(Errc::io, std::string("cannot be written: ") + std::strerror(errno), path);
  return {};
}

Result<void> replace_file(const std::string& path, std::string_view bytes) {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  const std::string draft = path + ".new";
  std::filesystem::remove(draft, error);
  if (auto written = write_new_file(draft, bytes); !written) return written;
  std::filesystem::rename(draft, path, error);
  if (error) return fail(Errc::io, "cannot be written: " + error.message(), path);
  return {};
}

std::string resolve_path(const std::string& folder, const std::string& path) {
  if (folder.empty() || std::filesystem::path(path).is_absolute()) return path;
  return (std::filesystem::path(folder) / path).lexically_normal().string();
}

}  // namespace testigo::app
