#include "archive/file_names.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace testigo::archive {
namespace {

namespace fs = std::filesystem;

// "testigo-20261125-"
std::string stem_of(const std::string& prefix, Day day) {
  std::string digits = to_string(day);
  std::erase(digits, '-');
  return prefix + "-" + digits + "-";
}

}  // namespace

std::string archive_name(const std::string& prefix, Day day, int number) {
  std::array<char, 8> digits{};
  std::snprintf(digits.data(), digits.size(), "%05d", number);
  return stem_of(prefix, day) + digits.data() + ".warc.gz";
}

Result<int> last_archive_number(const std::string& folder, const std::string& prefix, Day day) {
  const std::string stem = stem_of(prefix, day);
  int last = 0;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (!name.starts_with(stem) || !name.ends_with(".warc.gz")) continue;
    int number = 0;
    std::from_chars(name.data() + stem.size(), name.data() + name.size(), number);
    last = std::max(last, number);
  }
  if (error) return fail(Errc::io, "cannot list the archive folder: " + error.message(), folder);
  return last;
}

std::vector<std::string> other_archives(const std::string& folder, const std::string& prefix,
                                        const std::string& current) {
  constexpr std::size_t most = 8;
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    const bool ours = name.starts_with(prefix + "-") && name.ends_with(".warc.gz");
    if (ours && name != current) names.push_back(name);
  }
  std::sort(names.rbegin(), names.rend());
  names.resize(std::min(names.size(), most));
  return names;
}

}  // namespace testigo::archive
