#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace testigo::fetch {

// RFC 9309 §2.5: a crawler reads at least 500 kibibytes; what follows is not looked at.
inline constexpr std::size_t robots_max_bytes = 500 * 1024;

// What the file says about one URL, and which line of it decided (1-based; none where no rule
// matched, or where the answer follows from the file's absence).
struct RobotsAnswer {
  bool allowed = true;
  std::optional<std::size_t> line;

  friend bool operator==(const RobotsAnswer&, const RobotsAnswer&) = default;
};

// What a robots.txt's HTTP status means (RFC 9309 §2.3.1).
enum class RobotsPolicy { follow_rules, allow_all, disallow_all };
// 2xx: follow the rules. 3xx (given up after five hops) and 4xx: unavailable, all is allowed.
// 5xx, and 0 for "no answer at all": unreachable, all is disallowed for now.
[[nodiscard]] RobotsPolicy robots_policy(int http_status);

// Rules of one host, parsed once and asked often.
class RobotsRules {
 public:
  // Any bytes are a robots.txt: what is not understood is skipped. A BOM, CR, LF, CRLF and NUL are
  // all survived, and a page of HTML served in its place holds no rules.
  [[nodiscard]] static RobotsRules parse(std::string_view bytes);
  [[nodiscard]] static RobotsRules allow_all();
  [[nodiscard]] static RobotsRules disallow_all();
  // The rules that an answer stands for: robots_policy over the status, then parse.
  [[nodiscard]] static RobotsRules from_answer(int http_status, std::string_view body);

  // May `agent` ask for `url` (absolute, or a path with its query)? `agent` is a product token or a
  // whole User-Agent string, of which the first product counts. Longest match wins, allow wins
  // ties, /robots.txt itself is always allowed (§2.2.2).
  [[nodiscard]] RobotsAnswer allowed(std::string_view agent, std::string_view url) const;

  // Beyond the RFC: Crawl-delay of the group that `agent` obeys; none if absent or not a number.
  [[nodiscard]] std::optional<std::chrono::milliseconds> crawl_delay(std::string_view agent) const;

  // Sitemap lines as written, in file order; they may be relative.
  [[nodiscard]] const std::vector<std::string>& sitemaps() const { return sitemaps_; }

 private:
  struct Rule {
    std::string pattern;  // percent-encoding normalised
    bool allow = false;
    std::size_t line = 0;
  };
  struct Group {
    std::vector<std::string> agents;  // lower case product tokens, "*" for everyone
    std::vector<Rule> rules;
  };
  struct Delay {
    std::vector<std::string> agents;
    std::optional<std::chrono::milliseconds> delay;
  };
  friend class RobotsParser;

  std::vector<Group> groups_;
  std::vector<Delay> delays_;
  std::vector<std::string> sitemaps_;
  bool disallow_all_ = false;
};

}  // namespace testigo::fetch
