#include "formats/xml_plain.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "formats/entities.h"
#include "text/find_byte.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::formats {
namespace {

constexpr std::string_view xml_uri = "http://www.w3.org/XML/1998/namespace";
constexpr std::size_t longest_text = 1u << 20;  // libxml2 refuses more than ten times that
constexpr std::size_t most_attributes = 64;
constexpr std::size_t most_declarations = 128;  // of namespaces, in force at one place

constexpr std::array<bool, 256> name_chars = [] {
  std::array<bool, 256> made{};
  for (unsigned char c = 0; c < 0x80; ++c)
    made[c] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '_' || c == '-' || c == '.' || c == ':';
  return made;
}();
bool is_name_char(char c) { return name_chars[static_cast<unsigned char>(c)]; }
bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t'; }
bool is_blank(std::string_view text) { return std::all_of(text.begin(), text.end(), is_space); }

// What stands everywhere: no control character (line ends are "\n"), nothing that is not UTF-8.
bool is_plain_text(std::string_view utf8) {
  const auto is_control = [](unsigned char c) {
    return ((c < 0x20) & (c != '\n') & (c != '\t')) | (c == 0x7F);
  };
  return text::find_byte(utf8, 0, is_control) == utf8.size() && text::is_valid_utf8(utf8) &&
         utf8.find("\xEF\xBF") == std::string_view::npos;
}

struct Name {
  std::string_view prefix;
  std::string_view local;
};

class PlainReader {
 public:
  PlainReader(std::string_view document, const XmlLimits& limits)
      : rest_(document), limits_(limits), builder_(document.size()) {}

  std::optional<Tree> read() {
    while (!rest_.empty()) {
      const std::size_t size = std::min(rest_.find('<'), rest_.size());
      if (!text(rest_.substr(0, size))) return std::nullopt;
      rest_.remove_prefix(size);
      if (!rest_.empty() && !markup()) return std::nullopt;
    }
    if (!open_.empty() || !has_root_) return std::nullopt;
    return builder_.finish();
  }

 private:
  struct Open {
    std::string_view name;     // as written
    std::size_t declarations;  // how many were in force outside
  };
  struct Declaration {
    std::string_view prefix;
    std::string uri;
  };
  struct Attribute {
    Name name;
    std::string value;
  };

  bool text(std::string_view text) {
    if (open_.empty()) return is_blank(text);
    if (text.empty()) return true;
    if (text.find("]]>") != std::string_view::npos || text.size() > longest_text) return false;
    const bool has_references = text.find('&') != std::string_view::npos;
    if (has_references && !decode(text)) return false;
    builder_.text(has_references ? std::string_view(decoded_) : text);
    return builder_.size() <= limits_.max_nodes;
  }

  bool decode(std::string_view text) {
    if (text.size() > longest_text) return false;
    decoded_.clear();
    while (!text.empty()) {
      const std::size_t plain = std::min(text.find('&'), text.size());
      decoded_.append(text, 0, plain);
      text.remove_prefix(plain);
      if (text.empty()) break;
      const std::size_t size = reference(text);
      if (size == 0) return false;
      text.remove_prefix(size);
    }
    return true;
  }

  std::size_t reference(std::string_view text) {
    if (text.starts_with("&apos;")) {
      decoded_ += '\'';
      return 6;
    }
    const auto found = read_reference(text);
    if (!found || text[found->size - 1] != ';') return 0;
    const char32_t c = found->value;
    const bool plain = c == '\n' || c == '\t' || (c >= 0x20 && c != 0x7F && c < 0xFFF0);
    if (!plain) return 0;
    decoded_ += text::encode(c);
    return found->size;
  }

  bool markup() {
    if (rest_.starts_with("</")) return end_tag();
    if (rest_.starts_with("<![CDATA[")) return cdata();
    if (rest_.starts_with("<!--")) return comment();
    if (rest_.starts_with("<?")) return instruction();
    return start_tag();
  }

  bool cdata() {
    constexpr std::size_t opening = 9;
    const std::size_t end = rest_.find("]]>", opening);
    if (open_.empty() || end == std::string_view::npos || end == opening) return false;
    if (end > longest_text) return false;
    builder_.text(rest_.substr(opening, end - opening));
    rest_.remove_prefix(end + 3);
    return builder_.size() <= limits_.max_nodes;
  }

  bool comment() {
    const std::size_t end = rest_.find("--", 4);
    if (end == std::string_view::npos || rest_.substr(end, 3) != "-->") return false;
    rest_.remove_prefix(end + 3);
    return true;
  }

  // The declaration, where it stands first; stylesheets and the like before the root.
  bool instruction() {
    const std::size_t end = rest_.find("?>");
    if (end == std::string_view::npos || has_root_ || rest_.size() < 6) return false;
    const bool declaration = rest_.starts_with("<?xml ");
    if (declaration != !begun_ && !rest_.starts_with("<?xml-stylesheet ")) return false;
    begun_ = true;
    rest_.remove_prefix(end + 2);
    return true;
  }

  std::string_view name() {
    std::size_t size = 0;
    while (size < rest_.size() && is_name_char(rest_[size])) ++size;
    const std::string_view name = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return name;
  }

  static std::optional<Name> split(std::string_view name) {
    const std::size_t colon = name.find(':');
    const Name parts = colon == std::string_view::npos
                           ? Name{{}, name}
                           : Name{name.substr(0, colon), name.substr(colon + 1)};
    const bool plain = !parts.local.empty() && is_name_start(parts.local[0]) &&
                       parts.local.find(':') == std::string_view::npos &&
                       (colon == std::string_view::npos ||
                        (!parts.prefix.empty() && is_name_start(parts.prefix[0])));
    if (!plain) return std::nullopt;
    return parts;
  }

  void skip_space() {
    while (!rest_.empty() && is_space(rest_[0])) rest_.remove_prefix(1);
  }

  bool start_tag() {
    begun_ = true;
    if (open_.empty() && std::exchange(has_root_, true)) return false;
    rest_.remove_prefix(1);
    const std::string_view written = name();
    const std::optional<Name> element = split(written);
    if (!element || open_.size() >= limits_.max_depth) return false;
    open_.push_back({written, declarations_.size()});
    if (!attributes()) return false;
    const bool closed = rest_.starts_with('/');
    if (closed) rest_.remove_prefix(1);
    if (!rest_.starts_with('>') || !open_element(*element)) return false;
    rest_.remove_prefix(1);
    if (closed) close();
    return true;
  }

  // Up to the tag's end: declarations of namespaces go to theirs, the others to attributes_.
  bool attributes() {
    count_ = 0;
    while (true) {
      const bool parted = !rest_.empty() && is_space(rest_[0]);
      skip_space();
      if (rest_.empty()) return false;
      if (rest_[0] == '>' || rest_[0] == '/') return true;
      if (!parted || count_ >= most_attributes || !attribute()) return false;
    }
  }

  bool attribute() {
    const std::optional<Name> name = split(this->name());
    if (!name || rest_.size() < 3 || rest_[0] != '=') return false;
    const char quote = rest_[1];
    if (quote != '"' && quote != '\'') return false;
    const std::size_t end = rest_.find(quote, 2);
    if (end == std::string_view::npos || !decode(rest_.substr(2, end - 2))) return false;
    const std::string_view written = rest_.substr(2, end - 2);
    // Line ends in values are rare, and which of them count as blanks has rules of its own.
    if (written.find_first_of("<\n\t") != std::string_view::npos) return false;
    if (decoded_.find_first_of("\n\t") != std::string::npos) return false;
    rest_.remove_prefix(end + 1);
    return declares(*name) ? declare(*name) : keep(*name);
  }

  static bool declares(Name name) {
    return name.prefix == "xmlns" || (name.prefix.empty() && name.local == "xmlns");
  }

  bool declare(Name name) {
    if (declarations_.size() >= most_declarations) return false;
    const std::string_view prefix = name.prefix.empty() ? std::string_view() : name.local;
    if (prefix == "xml" || prefix == "xmlns" || decoded_.empty() || decoded_ == xml_uri)
      return false;
    const auto repeated =
        std::any_of(declarations_.begin() + static_cast<std::ptrdiff_t>(open_.back().declarations),
                    declarations_.end(), [&](const auto& one) { return one.prefix == prefix; });
    if (repeated) return false;
    declarations_.push_back({prefix, decoded_});
    return true;
  }

  bool keep(Name name) {
    if (attributes_.size() <= count_) attributes_.resize(count_ + 1);
    for (std::size_t i = 0; i < count_; ++i)
      if (attributes_[i].name.local == name.local) return false;  // perhaps the same one twice
    attributes_[count_].name = name;
    attributes_[count_].value = decoded_;
    ++count_;
    return true;
  }

  bool open_element(Name element) {
    const auto uri = uri_of(element.prefix);
    if (!uri) return false;
    builder_.open(element.local, *uri);
    for (std::size_t i = 0; i < count_; ++i) {
      const Attribute& attribute = attributes_[i];
      const auto space = attribute.name.prefix.empty() ? std::optional<std::string_view>("")
                                                       : uri_of(attribute.name.prefix);
      if (!space) return false;
      builder_.attribute(attribute.name.local, attribute.value, *space);
    }
    return builder_.size() <= limits_.max_nodes;
  }

  // Of no prefix the default, which may be none.
  std::optional<std::string_view> uri_of(std::string_view prefix) const {
    for (auto one = declarations_.rbegin(); one != declarations_.rend(); ++one)
      if (one->prefix == prefix) return one->uri;
    if (prefix.empty()) return "";
    if (prefix == "xml") return xml_uri;
    return std::nullopt;
  }

  bool end_tag() {
    rest_.remove_prefix(2);
    const std::string_view written = name();
    skip_space();
    if (open_.empty() || open_.back().name != written || !rest_.starts_with('>')) return false;
    rest_.remove_prefix(1);
    close();
    return true;
  }

  void close() {
    declarations_.resize(open_.back().declarations);
    open_.pop_back();
    builder_.close();
  }

  std::string_view rest_;
  const XmlLimits& limits_;
  TreeBuilder builder_;
  std::vector<Open> open_;
  std::vector<Declaration> declarations_;
  std::vector<Attribute> attributes_;  // of the tag in hand: the first count_
  std::size_t count_ = 0;
  std::string decoded_;
  bool begun_ = false;
  bool has_root_ = false;
};

}  // namespace

std::optional<Tree> parse_plain_xml(std::string_view utf8, const XmlLimits& limits) {
  const std::string_view document = text::trim(utf8);
  if (!document.starts_with('<') || !is_plain_text(document)) return std::nullopt;
  return PlainReader(document, limits).read();
}

}  // namespace testigo::formats
