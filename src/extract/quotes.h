#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

#include "formats/tree.h"

namespace testigo::extract {

// Text without what it quotes: another's words are no opinion of this author, and their own post
// has them already.

using NodeIds = std::unordered_set<std::uint32_t>;

// The plain text of a node, the nodes in `quotes` and all within them left out.
[[nodiscard]] std::string text_without(formats::Node node, const NodeIds& quotes);

// The same for HTML in a string, as APIs hold it; `quotes` is an XPath from the document. HTML that
// the reader refuses, and an XPath that does not compile, leave the text whole.
[[nodiscard]] std::string html_text_without(std::string_view html, std::string_view quotes);

// Where quotations stand in HTML unless a source says otherwise: blockquotes, and what mail
// programs, Mastodon and Discourse mark by a class.
inline constexpr std::string_view usual_quotes =
    "//blockquote | //aside[@class='quote' or starts-with(@class,'quote ')] | "
    "//*[contains(@class,'gmail_quote') or contains(@class,'yahoo_quoted') or "
    "contains(@class,'moz-cite-prefix') or contains(@class,'quote-inline')]";
[[nodiscard]] bool has_usual_quotes(std::string_view html);
[[nodiscard]] bool is_usual_quote(formats::Node element);

// The same, and what forums name so on their pages: "quotecontent", "bbcode_quote", "zitat". A
// blockquote that is named for the words themselves ("postcontent") is a post and no quotation.
[[nodiscard]] bool is_quote(formats::Node element);

// The text without the lines behind ">", as people quote by hand.
[[nodiscard]] std::string without_quoted_lines(std::string_view text);

// Named for nothing but a quotation ("quote", "cita"), as forums do and pages of praise too: one
// where it stands among other words.
[[nodiscard]] bool is_named_quote(formats::Node element);

// What says whose words a quotation is, an element or a text: "Ana wrote:". `text_before`: the last
// text before it that is no space; may be none.
[[nodiscard]] formats::Node head_of_quote(formats::Node quote, formats::Node text_before);

// Whether an element begins with "Quote:", in an element of its own right below it, and then
// quotes.
[[nodiscard]] bool is_headed_quote(formats::Node element);

// "[quote]…[/quote]" and "[quote=\"Ana\"]…", one within another too: left out with what is in them.
// One that never closes is a tag like others.
[[nodiscard]] bool has_quote_tags(std::string_view text);
[[nodiscard]] std::string without_quote_tags(std::string_view text);

}  // namespace testigo::extract
