#include "fetch/robots.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <utility>

#include "fetch/robots_pattern.h"
#include "text/normalize.h"

namespace testigo::fetch {
namespace {

using text::ascii_lower;
using text::trim;

// Crawl-delays beyond a day are typing errors.
constexpr double longest_crawl_delay_s = 86'400;

// RFC 9309 §2.2.1 asks for the product token only; none in use comes near this.
constexpr std::size_t max_agent_bytes = 256;

constexpr std::string_view blank = " \t\v\f";

// "testigo/0.1 (+mailto:…)" → "testigo". The RFC's token has letters, '_' and '-' only; real agents
// and real files have digits and more, so it ends at '/', white space or a comment.
std::string product_token(std::string_view agent) {
  agent = trim(agent);
  const auto end = agent.find_first_of("/ \t\r\n,;(#");
  return ascii_lower(agent.substr(0, std::min(end, max_agent_bytes)));
}

bool looks_like_html(std::string_view bytes) {
  const auto begin = bytes.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos || bytes[begin] != '<') return false;
  const std::string head = ascii_lower(bytes.substr(begin, 15));
  return head.starts_with("<!doctype") || head.starts_with("<html") || head.starts_with("<head") ||
         head.starts_with("<?xml") || head.starts_with("<!--");
}

std::optional<std::chrono::milliseconds> parse_delay(std::string_view text) {
  double seconds = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), seconds, std::chars_format::fixed);
  if (error != std::errc() || end != text.data() + text.size() || !(seconds >= 0)) return {};
  seconds = std::min(seconds, longest_crawl_delay_s);
  return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

// RFC 9309 §2.2.1: all groups that name the agent, together; else all groups for everyone.
template <class Group, class Take>
void take_naming(const std::vector<Group>& groups, std::string_view agent, Take take) {
  const std::string token = product_token(agent);
  bool found = false;
  for (const std::string_view wanted : {std::string_view(token), std::string_view("*")}) {
    for (const Group& group : groups) {
      if (std::find(group.agents.begin(), group.agents.end(), wanted) == group.agents.end())
        continue;
      found = true;
      take(group);
    }
    if (found) return;
  }
}

}  // namespace

// Reads lines into groups (RFC 9309 §2.2). Only rules end a group's list of agents: other records,
// such as Sitemap, do not (§2.2.4).
class RobotsParser {
 public:
  RobotsRules run(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (bytes.size() > robots_max_bytes) {
      bytes = bytes.substr(0, robots_max_bytes);
      // Half a line would be another, wider rule.
      bytes = bytes.substr(0, bytes.find_last_of("\r\n") + 1);
    }
    if (!looks_like_html(bytes)) read_lines(bytes);
    return std::move(rules_);
  }

 private:
  void read_lines(std::string_view bytes) {
    for (std::size_t number = 1; !bytes.empty(); ++number) {
      const auto end = bytes.find_first_of("\r\n");
      read_line(bytes.substr(0, end), number);
      if (end == std::string_view::npos) return;
      bytes.remove_prefix(bytes.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
    }
  }

  void read_line(std::string_view line, std::size_t number) {
    const auto [name, value] = split(line.substr(0, line.find('#')));
    const std::string key = ascii_lower(name);
    if (is_one_of(key, {"user-agent", "useragent", "user agent"})) {
      add_agent(value);
    } else if (is_one_of(key, {"allow"})) {
      add_rule(value, true, number);
    } else if (is_one_of(
                   key, {"disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"})) {
      // Beyond the RFC: whoever mistypes "disallow" means it.
      add_rule(value, false, number);
    } else if (is_one_of(key, {"crawl-delay", "crawldelay", "crawl delay"})) {
      add_delay(value);
    } else if (is_one_of(key, {"sitemap", "site-map"}) && !value.empty()) {
      rules_.sitemaps_.emplace_back(value);
    }
  }

  // At the colon; Beyond the RFC: at white space where a line without one is exactly two words.
  static std::pair<std::string_view, std::string_view> split(std::string_view line) {
    line = trim(line);
    auto at = line.find(':');
    if (at == std::string_view::npos) {
      at = line.find_first_of(blank);
      if (at == std::string_view::npos) return {};
      const std::string_view rest = trim(line.substr(at));
      if (rest.find_first_of(blank) != std::string_view::npos) return {};
    }
    return {trim(line.substr(0, at)), trim(line.substr(at + 1))};
  }

  static bool is_one_of(std::string_view key, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), key) != names.end();
  }

  void add_agent(std::string_view value) {
    if (!collecting_for_rules_) rules_.groups_.emplace_back();
    if (!collecting_for_delay_) rules_.delays_.emplace_back();
    collecting_for_rules_ = collecting_for_delay_ = true;
    const bool everyone = value == "*" || value.starts_with("* ") || value.starts_with("*\t");
    const std::string agent = everyone ? "*" : product_token(value);
    rules_.groups_.back().agents.push_back(agent);
    rules_.delays_.back().agents.push_back(agent);
  }

  void add_rule(std::string_view value, bool allow, std::size_t number) {
    if (rules_.groups_.empty()) return;
    collecting_for_rules_ = collecting_for_delay_ = false;
    if (value.empty()) return;
    auto& rules = rules_.groups_.back().rules;
    rules.push_back({normalised_robots_pattern(value), allow, number});
    // Beyond the RFC, as other crawlers do: allowing a folder's index page allows the folder.
    if (allow && (value.ends_with("/index.html") || value.ends_with("/index.htm"))) {
      const std::string_view folder = value.substr(0, value.rfind('/') + 1);
      rules.push_back({normalised_robots_pattern(folder) + '$', allow, number});
    }
  }

  // A delay belongs to the agents named just before it, though for rules it ends nothing.
  void add_delay(std::string_view value) {
    if (rules_.delays_.empty()) return;
    collecting_for_delay_ = false;
    auto& delay = rules_.delays_.back().delay;
    if (!delay) delay = parse_delay(value);
  }

  RobotsRules rules_;
  bool collecting_for_rules_ = false;
  bool collecting_for_delay_ = false;
};

RobotsPolicy robots_policy(int http_status) {
  if (http_status >= 200 && http_status < 300) return RobotsPolicy::follow_rules;
  if (http_status >= 300 && http_status < 500) return RobotsPolicy::allow_all;
  return RobotsPolicy::disallow_all;
}

RobotsRules RobotsRules::parse(std::string_view bytes) { return RobotsParser().run(bytes); }

RobotsRules RobotsRules::allow_all() { return {}; }

RobotsRules RobotsRules::disallow_all() {
  RobotsRules rules;
  rules.disallow_all_ = true;
  return rules;
}

RobotsRules RobotsRules::from_answer(int http_status, std::string_view body) {
  switch (robots_policy(http_status)) {
    case RobotsPolicy::follow_rules:
      return parse(body);
    case RobotsPolicy::allow_all:
      return allow_all();
    case RobotsPolicy::disallow_all:
      break;
  }
  return disallow_all();
}

RobotsAnswer RobotsRules::allowed(std::string_view agent, std::string_view url) const {
  const std::string path = normalised_robots_path(url);
  if (path == "/robots.txt") return {};
  if (disallow_all_) return {false, std::nullopt};
  const Rule* best = nullptr;
  take_naming(groups_, agent, [&](const Group& group) {
    for (const Rule& rule : group.rules) {
      // §2.2.2: the most octets win, and allow where two are equal.
      const bool better =
          best == nullptr || rule.pattern.size() > best->pattern.size() ||
          (rule.pattern.size() == best->pattern.size() && rule.allow && !best->allow);
      if (better && robots_pattern_matches(rule.pattern, path)) best = &rule;
    }
  });
  if (best == nullptr) return {};
  return {best->allow, best->line};
}

std::optional<std::chrono::milliseconds> RobotsRules::crawl_delay(std::string_view agent) const {
  std::optional<std::chrono::milliseconds> delay;
  take_naming(delays_, agent, [&](const Delay& named) {
    if (!delay) delay = named.delay;
  });
  return delay;
}

}  // namespace testigo::fetch
