#include "formats/url.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "formats/url_encode.h"
#include "formats/url_host.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::formats {
namespace {

struct SpecialScheme {
  std::string_view name;
  std::optional<std::uint16_t> port;
};
constexpr std::array<SpecialScheme, 6> special_schemes = {
    {{"http", 80}, {"https", 443}, {"ftp", 21}, {"ws", 80}, {"wss", 443}, {"file", std::nullopt}}};

const SpecialScheme* find_special(std::string_view scheme) {
  const auto found = std::find_if(special_schemes.begin(), special_schemes.end(),
                                  [scheme](const auto& known) { return known.name == scheme; });
  return found == special_schemes.end() ? nullptr : &*found;
}

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Without C0 controls and spaces at the ends.
std::string_view without_edges(std::string_view text) {
  const auto is_edge = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
  while (!text.empty() && is_edge(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_edge(text.back())) text.remove_suffix(1);
  return text;
}

bool is_clean(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c != '\t' && c != '\n' && c != '\r' && (c & 0x80) == 0; });
}

// Valid UTF-8 without tabs and newlines anywhere.
std::string clean(std::string_view text) {
  std::string out = text::replace_invalid(text);
  std::erase_if(out, [](char c) { return c == '\t' || c == '\n' || c == '\r'; });
  return out;
}

// The scheme before ":", lower-case; nothing where the text does not begin with one.
std::optional<std::string> scheme_of(std::string_view text) {
  if (text.empty() || !is_alpha(text[0])) return {};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ':') return text::ascii_lower(text.substr(0, i));
    const bool allowed = is_alpha(text[i]) || is_digit(text[i]) || text[i] == '+' ||
                         text[i] == '-' || text[i] == '.';
    if (!allowed) return {};
  }
  return {};
}

// "." and "..", where a dot may be written %2e.
int count_dots(std::string_view segment) {
  int dots = 0;
  for (std::size_t i = 0; i < segment.size(); ++i) {
    if (segment[i] != '.') {
      if (decode_escape(segment, i) != '.') return 0;
      i += 2;
    }
    ++dots;
  }
  return dots <= 2 ? dots : 0;
}

void shorten(std::string& path) { path.erase(std::min(path.rfind('/'), path.size())); }

// The basic URL parser (§4.4) as the sequence that its states go through.
class Parser {
 public:
  Parser(std::string_view text, const Url* base) : rest_(text), base_(base) {}

  // False is failure.
  bool parse() {
    if (std::optional<std::string> scheme = scheme_of(rest_)) {
      rest_.remove_prefix(scheme->size() + 1);
      return absolute(std::move(*scheme));
    }
    if (!base_) return false;
    if (base_->opaque_path) {
      if (rest_.substr(0, 1) != "#") return false;
      url_ = *base_;
      return tail();
    }
    use_scheme(base_->scheme);
    return relative();
  }

  Url take() { return std::move(url_); }

 private:
  void use_scheme(std::string scheme) {
    url_.scheme = std::move(scheme);
    special_ = find_special(url_.scheme);
  }

  bool is_slash(char c) const { return c == '/' || (special_ && c == '\\'); }
  bool at_slash() const { return !rest_.empty() && is_slash(rest_[0]); }

  void skip_slashes() {
    while (at_slash()) rest_.remove_prefix(1);
  }

  bool absolute(std::string scheme) {
    use_scheme(std::move(scheme));
    if (url_.scheme == "file") return file();
    if (special_) {
      if (base_ && base_->scheme == url_.scheme && rest_.substr(0, 2) != "//") return relative();
      skip_slashes();
      return authority();
    }
    if (rest_.substr(0, 2) == "//") {
      rest_.remove_prefix(2);
      return authority();
    }
    if (rest_.substr(0, 1) == "/") return path();
    return opaque();
  }

  bool opaque() {
    const std::size_t end = std::min(rest_.find_first_of("?#"), rest_.size());
    url_.opaque_path = true;
    url_.path = percent_encode_set(rest_.substr(0, end), EncodeSet::control);
    rest_.remove_prefix(end);
    return tail();
  }

  // Without the standard's care for Windows drive letters: no file is ever asked for.
  bool file() {
    url_.host = "";
    if (rest_.size() >= 2 && is_slash(rest_[0]) && is_slash(rest_[1])) {
      rest_.remove_prefix(2);
      return authority();
    }
    return path();
  }

  void copy_authority() {
    url_.username = base_->username;
    url_.password = base_->password;
    url_.host = base_->host;
    url_.port = base_->port;
  }

  bool relative() {
    if (at_slash()) {
      if (rest_.size() > 1 && is_slash(rest_[1])) {
        if (special_) {
          skip_slashes();
        } else {
          rest_.remove_prefix(2);
        }
        return authority();
      }
      copy_authority();
      return path();
    }
    copy_authority();
    url_.path = base_->path;
    if (rest_.empty() || rest_[0] == '#') url_.query = base_->query;
    if (rest_.empty() || rest_[0] == '#' || rest_[0] == '?') return tail();
    shorten(url_.path);
    return path();
  }

  // `is_stop` is asked of each character: far quicker than find_first_of with a few of them.
  template <class IsStop>
  std::string_view take_until(IsStop is_stop) {
    const auto end =
        static_cast<std::size_t>(std::find_if(rest_.begin(), rest_.end(), is_stop) - rest_.begin());
    const std::string_view taken = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return taken;
  }

  bool authority() {
    std::string_view text =
        take_until([this](char c) { return is_slash(c) || c == '?' || c == '#'; });
    if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
      credentials(text.substr(0, at));
      text.remove_prefix(at + 1);
      if (text.empty()) return false;
    }
    const std::size_t bracket = text.rfind(']');
    const std::size_t colon =
        text.find(':', text.substr(0, 1) == "[" && bracket != std::string_view::npos ? bracket : 0);
    if (colon != std::string_view::npos && (colon == 0 || !port(text.substr(colon + 1)))) {
      return false;
    }
    return host(text.substr(0, colon)) && path();
  }

  bool host(std::string_view text) {
    if (text.empty()) {
      url_.host = "";
      return !special_ || url_.scheme == "file";
    }
    url_.host = parse_host(text, special_ != nullptr);
    return url_.host.has_value();
  }

  void credentials(std::string_view text) {
    const std::size_t colon = text.find(':');
    url_.username = percent_encode_set(text.substr(0, colon), EncodeSet::userinfo);
    if (colon == std::string_view::npos) return;
    url_.password = percent_encode_set(text.substr(colon + 1), EncodeSet::userinfo);
  }

  bool port(std::string_view text) {
    if (text.empty()) return true;
    if (!std::all_of(text.begin(), text.end(), is_digit)) return false;
    std::uint16_t value = 0;
    const char* last = text.data() + text.size();
    if (std::from_chars(text.data(), last, value).ec != std::errc()) return false;
    if (!special_ || special_->port != value) url_.port = value;
    return true;
  }

  // Appends the segments of the rest, up to the query, to what is in path.
  bool path() {
    const std::string_view text = take_until([](char c) { return c == '?' || c == '#'; });
    url_.path.reserve(url_.path.size() + text.size() + 1);
    const bool hierarchical = special_ || !text.empty();
    std::size_t at = !text.empty() && is_slash(text[0]) ? 1 : 0;
    while (hierarchical) {
      const auto end = static_cast<std::size_t>(
          std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(),
                       [this](char c) { return is_slash(c); }) -
          text.begin());
      segment(text.substr(at, end - at), end == text.size());
      if (end == text.size()) break;
      at = end + 1;
    }
    return tail();
  }

  void segment(std::string_view text, bool last) {
    const int dots = count_dots(text);
    if (dots == 2) shorten(url_.path);
    if (dots == 0) {
      url_.path += '/';
      append_encoded(url_.path, text, EncodeSet::path);
    } else if (last) {
      url_.path += '/';
    }
  }

  bool tail() {
    if (rest_.substr(0, 1) == "?") {
      rest_.remove_prefix(1);
      url_.query = percent_encode_set(take_until([](char c) { return c == '#'; }),
                                      special_ ? EncodeSet::special_query : EncodeSet::query);
    }
    if (rest_.substr(0, 1) == "#") {
      url_.fragment = percent_encode_set(rest_.substr(1), EncodeSet::fragment);
    }
    return true;
  }

  std::string_view rest_;
  const Url* base_;
  const SpecialScheme* special_ = nullptr;
  Url url_;
};

Result<Url> parse(std::string_view text, const Url* base) {
  if (text.size() > max_url_bytes) {
    return fail(Errc::limit_exceeded, "A URL of " + std::to_string(text.size()) +
                                          " bytes is longer than the " +
                                          std::to_string(max_url_bytes) + " that are read.");
  }
  const std::string_view trimmed = without_edges(text);
  const std::string cleaned = is_clean(trimmed) ? std::string() : clean(trimmed);
  Parser parser(is_clean(trimmed) ? trimmed : std::string_view(cleaned), base);
  if (!parser.parse()) {
    return fail(Errc::malformed, base ? "This is not a URL." : "This is not an absolute URL.",
                text::replace_invalid(text));
  }
  return parser.take();
}

}  // namespace

Result<Url> parse_url(std::string_view text) { return parse(text, nullptr); }
Result<Url> parse_url(std::string_view text, const Url& base) { return parse(text, &base); }

Result<std::string> resolve_url(std::string_view reference, std::string_view base) {
  const Result<Url> parsed_base = parse_url(base);
  if (!parsed_base) return fail(parsed_base.error());
  const Result<Url> url = parse_url(reference, *parsed_base);
  if (!url) return fail(url.error());
  return url->href();
}

std::string Url::href() const {
  std::string out;
  constexpr std::size_t marks = 16;  // "://", ':', '@', a port, '?', '#'
  out.reserve(scheme.size() + username.size() + password.size() + (host ? host->size() : 0) +
              path.size() + (query ? query->size() : 0) + (fragment ? fragment->size() : 0) +
              marks);
  out.append(scheme).append(1, ':');
  if (host) {
    out += "//";
    if (!username.empty() || !password.empty()) {
      out += username;
      if (!password.empty()) out.append(1, ':').append(password);
      out += '@';
    }
    out += *host;
    if (port) out.append(1, ':').append(std::to_string(*port));
  } else if (!opaque_path && path.substr(0, 2) == "//") {
    out += "/.";
  }
  out += path;
  if (query) out.append(1, '?').append(*query);
  if (fragment) out.append(1, '#').append(*fragment);
  return out;
}

std::string Url::origin() const {
  std::string out;
  constexpr std::size_t marks = 9;  // "://", ':', a port
  out.reserve(scheme.size() + (host ? host->size() : 0) + marks);
  out.append(scheme).append("://");
  if (host) out += *host;
  if (port) out.append(1, ':').append(std::to_string(*port));
  return out;
}

std::string Url::path_and_query() const { return query ? path + "?" + *query : path; }

std::optional<std::uint16_t> Url::effective_port() const {
  if (port) return port;
  const SpecialScheme* special = find_special(scheme);
  return special ? special->port : std::nullopt;
}

}  // namespace testigo::formats
