#include "extract/json_ld.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "extract/ld_mend.h"
#include "extract/plain.h"
#include "extract/quotes.h"
#include "formats/html.h"
#include "formats/html_scan.h"
#include "formats/json_document.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::JsonNode;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

bool has_tags(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const char next = at + 1 < text.size() ? text[at + 1] : ' ';
    if (next == '/' || next == '!' || (next >= 'a' && next <= 'z') ||
        (next >= 'A' && next <= 'Z')) {
      return true;
    }
  }
  return false;
}

// Entities, sometimes encoded twice.
std::string decoded(std::string_view text) {
  std::string decoded = formats::decode_entities(text);
  if (decoded.find('&') != std::string::npos) decoded = formats::decode_entities(decoded);
  return decoded;
}

// JSON-LD strings are plain text by the book; in the wild they hold entities and tags.
std::string ld_text(std::string_view text) {
  const bool plain =
      text.find('<') == std::string_view::npos && text.find('&') == std::string_view::npos;
  if (plain) return plain_text(text, Markup::none);
  const std::string html = decoded(text);
  return plain_text(html, has_tags(html) ? Markup::html : Markup::none);
}

std::string words_of(JsonNode value) {
  if (const auto text = value.as_string()) return ld_text(*text);
  return ld_text(value.to_text().value_or(""));
}

// A text in HTML without what it quotes; "" of others.
std::string own_words_of(JsonNode value) {
  const auto text = value.as_string();
  if (!text || text->find("quote") == std::string_view::npos) return {};
  const std::string html = decoded(*text);
  if (!has_tags(html) || !has_usual_quotes(html)) return {};
  return plain_text(html_text_without(html, usual_quotes), Markup::none);
}

class LdReader {
 public:
  void read(JsonNode value) {
    if (value.is_array()) {
      for (const JsonNode item : value.items()) read(item);
    } else if (value.is_object()) {
      add(value);
    }
  }

  Things finish() {
    resolve_references(things_);  // {"@id": "#r1"}
    return std::move(things_);
  }

 private:
  // Depth is bounded by read_json.
  std::size_t add(JsonNode object) {
    const std::size_t place = things_.size();
    constexpr std::size_t usual_members = 8;  // more make room as they come
    things_.emplace_back().properties.reserve(usual_members);
    for (const formats::JsonNodeMember member : object.members()) {
      if (things_.size() >= max_things) break;
      add_member(place, member);
    }
    return place;
  }

  void add_member(std::size_t place, const formats::JsonNodeMember& member) {
    const std::string_view key = member.key;
    if (key == "@type" || key == "type") {
      add_types(place, member.value);
    } else if (key == "@id") {
      things_[place].id = member.value.to_text().value_or("");
    } else if (key == "@graph") {
      read(member.value);
    } else if (key == "@reverse") {
      for (const formats::JsonNodeMember reverse : member.value.members())
        add_reversed(place, short_name(reverse.key), reverse.value);
    } else if (!key.starts_with('@')) {
      add_values(place, short_name(key), member.value);
    }
  }

  // JSON-LD 1.1 §4.8: what is said of this thing by others, written within it.
  void add_reversed(std::size_t place, std::string_view name, JsonNode value) {
    for (const JsonNode item : value.items()) add_reversed(place, name, item);
    if (!value.is_object() || things_.size() >= max_things) return;
    ThingValue this_one;
    this_one.thing = place;
    const std::size_t other = add(value);
    things_[other].properties.push_back({std::string(name), std::move(this_one)});
  }

  void add_types(std::size_t place, JsonNode value) {
    std::vector<std::string>& types = things_[place].types;
    if (types.size() >= max_types) return;
    if (const auto type = value.as_string()) types.emplace_back(short_name(*type));
    for (const JsonNode item : value.items()) add_types(place, item);
  }

  void add_values(std::size_t place, std::string_view name, JsonNode value) {
    if (value.is_array()) {
      for (const JsonNode item : value.items()) add_values(place, name, item);
      return;
    }
    const JsonNode literal = value.is_object() ? value.find("@value") : value;
    if (!literal && things_.size() >= max_things) return;
    const std::optional<std::size_t> thing = literal ? std::nullopt : std::optional(add(value));
    ThingProperty& property = things_[place].properties.emplace_back();
    property.name = name;
    property.value.thing = thing;
    if (!literal) return;
    property.value.text = words_of(literal);
    if (!value.is_object()) property.value.own = own_words_of(literal);
  }

  Things things_;
};

// Inside a string: raw control characters become escapes, escapes that JSON does not know lose
// their backslash.
void mend_in_string(std::string_view text, std::size_t& at, std::string& out) {
  const char c = text[at];
  if (c == '\\' && at + 1 < text.size()) {
    const char next = text[++at];
    if (std::string_view("\"\\/bfnrtu").find(next) != std::string_view::npos) {
      out += c;
      out += next;
    } else if (next == '\n') {
      out += "\\n";
    } else {
      out += next;
    }
    return;
  }
  if (c == '\n') {
    out += "\\n";
  } else if (c == '\t') {
    out += "\\t";
  } else if (static_cast<unsigned char>(c) < 0x20) {
    out += ' ';
  } else {
    out += c;
  }
}

// The length of what is no JSON at the start of `text`: comments, CDATA marks, HTML comment marks.
std::size_t noise_at(std::string_view text) {
  for (const std::string_view mark : {"<![CDATA[", "]]>", "<!--", "-->"}) {
    if (text.starts_with(mark)) return mark.size();
  }
  if (text.starts_with("//")) {
    // "//<![CDATA[" on one line may be followed by the document itself.
    return text.starts_with("//<![CDATA[") ? 11
           : text.starts_with("//]]>")     ? 5
                                           : std::min(text.find('\n'), text.size());
  }
  if (text.starts_with("/*")) {
    const std::size_t end = text.find("*/");
    return end == std::string_view::npos ? text.size() : end + 2;
  }
  return 0;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// A word that another language has in the place of null, true and false; JSON's own stay.
std::string_view json_word(std::string_view word) {
  if (word == "True") return "true";
  if (word == "False") return "false";
  const bool is_nothing =
      word == "NaN" || word == "undefined" || word == "None" || word == "Infinity";
  return is_nothing ? "null" : word;
}

void drop_trailing_comma(std::string& out) {
  std::size_t end = out.size();
  while (end > 0 && is_space(out[end - 1])) --end;
  if (end > 0 && out[end - 1] == ',') out.erase(end - 1, 1);
}

bool is_empty(JsonNode value) {
  return !value.is_object() && value.items().begin() == value.items().end();
}

// Whether a block names what posts are stated by. A broken list of links is no loss.
bool may_state_posts(std::string_view block) {
  constexpr std::string_view types[] = {"Review", "Comment", "Answer", "Posting", "Question"};
  return std::any_of(std::begin(types), std::end(types), [&](std::string_view type) {
    return block.find(type) != std::string_view::npos;
  });
}

}  // namespace

std::string mend_json(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string) {
      if (c == '"') in_string = false;
      mend_in_string(text, at, out);
      continue;
    }
    if (const std::size_t noise = noise_at(text.substr(at)); noise > 0) {
      at += noise - 1;
      continue;
    }
    if (is_letter(c)) {
      std::size_t end = at;
      while (end < text.size() && is_letter(text[end])) ++end;
      out += json_word(text.substr(at, end - at));
      at = end - 1;
      continue;
    }
    if (c == '"') in_string = true;
    if (c == '}' || c == ']') drop_trailing_comma(out);
    if (c == ';' || (static_cast<unsigned char>(c) < 0x20 && !is_space(c))) continue;
    out += c;
  }
  return out;
}

LdThings things_of_json_ld(std::span<const std::string> blocks) {
  LdReader reader;
  LdThings read;
  for (const std::string& block : blocks) {
    Result<formats::JsonDocument> document = formats::read_json(block);
    if (!document && document.error().code == Errc::limit_exceeded) {
      read.unread = "a block of its JSON-LD was not read: " + document.error().what;
      continue;
    }
    const bool whole = document.has_value();
    if (!document) document = formats::read_json(mend_json(block));
    if (!document) document = formats::read_json(mend_ld(block));
    if (document) reader.read(document->root());
    if (!whole && (!document || is_empty(document->root())) && may_state_posts(block))
      read.broken = true;
  }
  read.things = reader.finish();
  return read;
}

}  // namespace testigo::extract
