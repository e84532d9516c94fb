#include "formats/link_header.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "formats/url.h"
#include "text/normalize.h"

namespace testigo::formats {
namespace {

// More than any page needs; a header of 100 KB could hold 20,000.
constexpr std::size_t max_links = 256;

constexpr std::string_view blank = " \t";

struct Parameter {
  std::string name;  // lower-case
  std::string value;
};

// A cursor over the field value.
class LinkParser {
 public:
  explicit LinkParser(std::string_view value) : rest_(value) {}

  std::vector<WebLink> links() {
    std::vector<WebLink> links;
    while (links.size() < max_links && to_target()) {
      const auto close = rest_.find('>');
      if (close == std::string_view::npos) break;
      WebLink link;
      link.target = text::trim(rest_.substr(0, close));
      rest_.remove_prefix(close + 1);
      read_parameters(link);
      if (!link.rels.empty()) links.push_back(std::move(link));
    }
    return links;
  }

 private:
  // Past the next '<'; whatever stands before it is no link.
  bool to_target() {
    const auto open = rest_.find('<');
    if (open == std::string_view::npos) return false;
    rest_.remove_prefix(open + 1);
    return true;
  }

  void skip_blank() { rest_.remove_prefix(std::min(rest_.find_first_not_of(blank), rest_.size())); }

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void read_parameters(WebLink& link) {
    bool has_rel = false;
    bool has_star = false;
    while (true) {
      skip_blank();
      if (!take(';')) break;
      auto [name, value] = parameter();
      if (name == "rel") {
        if (!std::exchange(has_rel, true)) link.rels = words(value);
      } else if (name == "type") {
        if (link.type.empty()) link.type = text::ascii_lower(value);
      } else if (name == "anchor") {
        if (link.anchor.empty()) link.anchor = std::move(value);
      } else if (name == "title") {
        if (link.title.empty() && !has_star) link.title = std::move(value);
      } else if (auto title =
                     name == "title*" && !has_star ? extended_value(value) : std::nullopt) {
        link.title = *std::move(title);
        has_star = true;
      }
    }
  }

  Parameter parameter() {
    skip_blank();
    const auto end = std::min(rest_.find_first_of(" \t=;,"), rest_.size());
    Parameter read{text::ascii_lower(rest_.substr(0, end)), {}};
    rest_.remove_prefix(end);
    skip_blank();
    if (!take('=')) return read;
    skip_blank();
    if (take('"')) {
      read.value = quoted_rest();
    } else {
      const auto stop = std::min(rest_.find_first_of(";,"), rest_.size());
      read.value = text::trim(rest_.substr(0, stop));
      rest_.remove_prefix(stop);
    }
    return read;
  }

  // RFC 9110 §5.6.4, after the opening quote. One that never closes ends with the field.
  std::string quoted_rest() {
    std::string value;
    for (std::size_t i = 0; i < rest_.size(); ++i) {
      if (rest_[i] == '"') {
        rest_.remove_prefix(i + 1);
        return value;
      }
      if (rest_[i] == '\\' && i + 1 < rest_.size()) ++i;
      value += rest_[i];
    }
    rest_ = {};
    return value;
  }

  static std::vector<std::string> words(std::string_view value) {
    std::vector<std::string> found;
    for (std::size_t at = 0; at < value.size();) {
      const auto begin = std::min(value.find_first_not_of(blank, at), value.size());
      at = std::min(value.find_first_of(blank, begin), value.size());
      if (at > begin) found.push_back(text::ascii_lower(value.substr(begin, at - begin)));
    }
    return found;
  }

  // RFC 8187 §3.2: charset'language'percent-encoded.
  static std::optional<std::string> extended_value(std::string_view value) {
    const auto first = value.find('\'');
    if (first == std::string_view::npos) return {};
    const auto second = value.find('\'', first + 1);
    if (second == std::string_view::npos) return {};
    if (!text::equal_ignoring_case(value.substr(0, first), "utf-8")) return {};
    return percent_decode(value.substr(second + 1));
  }

  std::string_view rest_;
};

}  // namespace

bool WebLink::has_rel(std::string_view lower_case_rel) const {
  return std::find(rels.begin(), rels.end(), lower_case_rel) != rels.end();
}

std::vector<WebLink> parse_link_header(std::string_view value) { return LinkParser(value).links(); }

std::vector<WebLink> web_links(const std::vector<Header>& headers) {
  std::vector<WebLink> links;
  for (const Header& header : headers) {
    if (!text::equal_ignoring_case(header.name, "link")) continue;
    for (WebLink& link : parse_link_header(header.value)) links.push_back(std::move(link));
  }
  return links;
}

}  // namespace testigo::formats
