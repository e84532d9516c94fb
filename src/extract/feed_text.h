#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "extract/feed.h"
#include "formats/tree.h"

namespace testigo::extract {

inline constexpr std::string_view xml_namespace = "http://www.w3.org/XML/1998/namespace";

// How a feed's element says what its text is (RFC 4287 §3.1, Atom 0.3 `mode`).
enum class TextDefault : unsigned char {
  html,  // RSS: markup, escaped
  text,  // Atom: plain unless `type` says otherwise
};

// The plain text of an element: escaped or inline markup removed, base64 undone.
[[nodiscard]] std::string feed_text(formats::Node element, TextDefault otherwise);

// The same with what is left of it without its quotations, where it begins with one and has other
// words: an answer to what it quotes. `whole` is the text of the HTML. In escaped HTML without what
// a blog puts before an answer ("In reply to <a>Ana</a>."), and of a news search's list of papers
// the first.
struct FeedWords {
  std::string text;
  std::optional<std::string> own;
  std::optional<std::string> answers;  // the address of the comment that it says it answers
};
[[nodiscard]] std::optional<std::string> own_of_html(std::string_view whole, std::string_view html);
[[nodiscard]] FeedWords feed_words(formats::Node element, TextDefault otherwise);

// The base address that applies to a node: its xml:base, resolved against those above it.
[[nodiscard]] std::string base_of(formats::Node node, std::string_view document_url);

// xml:lang, the node's own or the nearest above it.
[[nodiscard]] std::optional<std::string> language_of(formats::Node node);

// "me@example.com (Name)", "Name <me@example.com>", "Name", "me@example.com".
[[nodiscard]] FeedPerson parse_person(std::string_view text);

// Standard base64 (RFC 4648 §4), white space skipped; nothing if it is something else.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

}  // namespace testigo::extract
