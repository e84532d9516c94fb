#include "formats/html_scan.h"

#include <algorithm>
#include <utility>

#include "formats/html_tokens.h"
#include "text/normalize.h"

namespace testigo::formats {
namespace {

using Kind = HtmlToken::Kind;

constexpr std::size_t max_anchor_text = 200;  // enough to tell "next page" from prose

bool is(std::string_view written, std::string_view lower) {
  return written.size() == lower.size() &&  // most have another, and of others most are lower-case
         (written == lower || text::equal_ignoring_case(written, lower));
}

void note(std::vector<std::string>& values, std::string_view value) {
  if (values.size() >= max_scanned_types) return;
  if (std::find(values.begin(), values.end(), value) == values.end()) values.emplace_back(value);
}

std::optional<std::string> value_of(const HtmlToken& tag, std::string_view name) {
  for (const HtmlToken::Attribute& attribute : tag.attributes) {
    if (is(attribute.name, name)) return decode_entities(attribute.value);
  }
  return {};
}

std::string trimmed(std::optional<std::string> value) {
  if (!value) return {};
  const std::string_view inner = text::trim(*value);
  return inner.size() == value->size() ? std::move(*value) : std::string(inner);
}

// A script's type without parameters: "application/ld+json; charset=utf-8" counts.
bool is_json_ld(const HtmlToken& script) {
  const std::string type = trimmed(value_of(script, "type"));
  return is(text::trim(std::string_view(type).substr(0, type.find(';'))), "application/ld+json");
}

std::optional<HtmlScan::Meta> meta_of(const HtmlToken& tag) {
  for (const std::string_view key : {"name", "property", "http-equiv", "itemprop"}) {
    if (const std::optional<std::string> name = value_of(tag, key))
      return HtmlScan::Meta{text::ascii_lower(text::trim(*name)),
                            trimmed(value_of(tag, "content"))};
  }
  return {};
}

// Whether one of the classes is of microformats' reviews, or of what answers a post.
bool names_review(std::string_view classes) {
  constexpr std::string_view names[] = {"hreview", "h-review", "h-cite", "u-in-reply-to"};
  for (std::size_t at = 0; at < classes.size(); ++at) {
    const bool begins = at == 0 || static_cast<unsigned char>(classes[at - 1]) <= ' ';
    if (!begins || (classes[at] != 'h' && classes[at] != 'u')) continue;
    for (const std::string_view name : names)
      if (classes.substr(at).starts_with(name)) return true;
  }
  return false;
}

// Past the last "<meta" of the bytes, tag or not.
std::size_t end_of_metas(std::string_view page) {
  constexpr std::string_view opening = "<meta";
  std::size_t end = 0;
  for (std::size_t at = 0; (at = page.find('<', at)) != std::string_view::npos; ++at) {
    if (is(page.substr(at, opening.size()), opening)) end = at + opening.size();
  }
  return end;
}

class Scanner {
 public:
  explicit Scanner(std::string_view page) : tokens_(page) {}

  HtmlScan scan() {
    while (true) {
      const HtmlToken& token = tokens_.next();
      if (token.kind == Kind::end) break;
      if (token.kind == Kind::text) {
        add_text(token.text);
      } else if (token.kind == Kind::start_tag) {
        start(token);
      } else if (token.kind == Kind::raw_text) {
        raw_text(token);
      } else if (is(token.name, "a")) {
        end_anchor();
      }
    }
    end_anchor();
    return std::move(out_);
  }

 private:
  void add_text(std::string_view text) {
    if (!in_anchor_ || anchor_text_.size() > 4 * max_anchor_text) return;
    anchor_text_ += text.substr(0, 4 * max_anchor_text);
  }

  void raw_text(const HtmlToken& token) {
    if (is(token.name, "title") && !out_.title) {
      out_.title = text::collapse_space(decode_entities(token.text));
    }
    const bool json_ld = std::exchange(json_ld_, false) && is(token.name, "script");
    if (json_ld && out_.json_ld.size() < max_scanned_links) out_.json_ld.emplace_back(token.text);
  }

  void start(const HtmlToken& tag) {
    for (const HtmlToken::Attribute& attribute : tag.attributes) types(attribute);
    switch (tag.name.size()) {  // few tags matter, and none of most lengths
      case 1:
        if (is(tag.name, "a")) anchor(tag);
        break;
      case 4:
        if (is(tag.name, "area")) anchor(tag);
        if (is(tag.name, "link")) link(tag);
        if (is(tag.name, "meta")) meta(tag);
        if (is(tag.name, "base") && !out_.base) out_.base = value_of(tag, "href");
        if (is(tag.name, "html") && !out_.language) language(tag);
        break;
      case 6:
        if (is(tag.name, "script")) json_ld_ = is_json_ld(tag);
        break;
      default:
        break;
    }
  }

  void types(const HtmlToken::Attribute& attribute) {
    if (is(attribute.name, "itemtype")) note(out_.item_types, attribute.value);
    if (is(attribute.name, "typeof")) note(out_.rdfa_types, attribute.value);
    if (!out_.review_classes && is(attribute.name, "class"))
      out_.review_classes = names_review(attribute.value);
  }

  void language(const HtmlToken& tag) {
    std::string lang = trimmed(value_of(tag, "lang"));
    if (lang.empty()) lang = trimmed(value_of(tag, "xml:lang"));
    if (!lang.empty()) out_.language = std::move(lang);
  }

  void anchor(const HtmlToken& tag) {
    end_anchor();
    std::optional<std::string> href = value_of(tag, "href");
    if (!href || out_.anchors.size() >= max_scanned_links) return;
    out_.anchors.push_back(
        {trimmed(std::move(href)), text::ascii_lower(trimmed(value_of(tag, "rel"))), {}});
    in_anchor_ = is(tag.name, "a");
  }

  void end_anchor() {
    if (!std::exchange(in_anchor_, false)) return;
    std::string text = text::collapse_space(decode_entities(std::exchange(anchor_text_, {})));
    std::size_t cut = std::min(text.size(), max_anchor_text);
    while (cut < text.size() && cut > 0 && (text[cut] & 0xC0) == 0x80) --cut;  // a whole character
    text.resize(cut);
    out_.anchors.back().text = std::move(text);
  }

  void link(const HtmlToken& tag) {
    std::optional<std::string> href = value_of(tag, "href");
    if (!href || out_.links.size() >= max_scanned_links) return;
    out_.links.push_back({text::ascii_lower(trimmed(value_of(tag, "rel"))),
                          trimmed(std::move(href)),
                          text::ascii_lower(trimmed(value_of(tag, "type"))),
                          trimmed(value_of(tag, "title")), trimmed(value_of(tag, "hreflang"))});
  }

  void meta(const HtmlToken& tag) {
    if (out_.metas.size() >= max_scanned_links) return;
    if (auto meta = meta_of(tag)) out_.metas.push_back(*std::move(meta));
  }

  HtmlTokens tokens_;
  HtmlScan out_;
  bool json_ld_ = false;  // the script just opened is one
  bool in_anchor_ = false;
  std::string anchor_text_;
};

}  // namespace

std::optional<std::string_view> HtmlScan::meta(std::string_view name) const {
  for (const Meta& found : metas) {
    if (found.name == name) return found.content;
  }
  return {};
}

HtmlScan scan_html(std::string_view utf8) { return Scanner(utf8).scan(); }

std::vector<HtmlScan::Meta> scan_metas(std::string_view utf8) {
  std::vector<HtmlScan::Meta> metas;
  HtmlTokens tokens(utf8);
  // Nothing behind what may be the last meta is looked at: mostly they stand in the head.
  const std::size_t end = end_of_metas(utf8);
  while (metas.size() < max_scanned_links && tokens.position() < end) {
    const HtmlToken& token = tokens.next();
    if (token.kind == Kind::end) break;
    if (token.kind != Kind::start_tag || !is(token.name, "meta")) continue;
    if (auto meta = meta_of(token)) metas.push_back(*std::move(meta));
  }
  return metas;
}

}  // namespace testigo::formats
