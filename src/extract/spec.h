#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ids.h"

namespace testigo::extract {

// How an answer is read.
enum class Format : std::uint8_t {
  json,     // lists and fields at JSON Pointers (RFC 6901)
  html,     // items and fields at XPath 1.0 expressions
  feed,     // RSS, Atom, JSON Feed
  page,     // schema.org reviews in JSON-LD, microdata, RDFa, hreview; and links
  sitemap,  // urlset, sitemap index, plain list of URLs
  jsonl,    // a line of JSON each: as json, with an array of the lines as root
  warc,     // a gzip member with one WARC record: as page, of the record's own address and time
};
[[nodiscard]] std::string_view to_string(Format format);
[[nodiscard]] std::optional<Format> parse_format(std::string_view name);

// The parts of a Post that a source can place.
enum class PostField : std::uint8_t {
  id,
  url,
  parent,
  author,
  item,
  location,
  app_version,
  posted_at,
  edited_at,
  language,
  rating,
  rating_best,
  rating_worst,
  title,
  text,
  reach,
  reply,
  replied_at,
  by_brand,
};
inline constexpr std::size_t post_field_count = 19;
[[nodiscard]] std::string_view to_string(PostField field);
[[nodiscard]] std::optional<PostField> parse_post_field(std::string_view name);

// What a text field is written in; it becomes plain text in NFC.
enum class Markup : std::uint8_t { none, html, markdown, bbcode };

// Where a value stands, seen from one item. Alternatives are tried in order, the first that has a
// value wins. In a JSON source each is a JSON Pointer ("/comment_text", "" the item itself,
// "^/topic/title" from the answer's root) or a template that builds a text from such pointers and
// from the request's variables in braces: "https://news.ycombinator.com/item?id={/objectID}",
// "{country}"; without braces it is that text. In an HTML source each is an XPath
// (".//time/@datetime") or, beginning with "=", a template ("=https://forum.example/p/{@data-id}").
// "stars:" before an XPath reads the rating that an element shows by its stars, label or class.
// In a JSON source "tail:" before a pointer is what follows the last '/' of the text there, and
// "range:/offset,/length" the two numbers there as a Range header ("bytes=100-149");
// "lines:/content,/text,/title" the texts at /text and /title of each element of the list at
// /content, a line each; "of:title,question=/question_id" one of the texts that the variable
// `title` joins, the one whose place that of /question_id among those of `question` is;
// "piece:-2:/path" is one of the pieces that dots part the text there into ("0.7.9": 7), counted
// from 1, from the end where the number is negative. Where it is said, "header:Name" is a response
// header.
inline constexpr std::string_view stars_prefix = "stars:";
inline constexpr std::string_view tail_prefix = "tail:";
inline constexpr std::string_view range_prefix = "range:";
inline constexpr std::string_view piece_prefix = "piece:";
inline constexpr std::string_view lines_prefix = "lines:";
inline constexpr std::string_view of_prefix = "of:";
inline constexpr std::string_view header_prefix = "header:";
using Selector = std::vector<std::string>;

// Whether a selector of a JSON source is a text with others in braces, rather than a place.
[[nodiscard]] bool is_json_template(std::string_view selector);

// One list of items in an answer, and where each item keeps what.
struct ItemSpec {
  Selector list;  // pointers to the list (one object counts as a list of one), or an XPath
  bool list_required = true;  // a missing list is drift; else it is an empty answer
  Selector instead{};         // in JSON: pointers, one of which a value stands at where the list is
                              // missing and not required, or "{}", of an answer that holds nothing;
                              // none: whatever the answer is
  bool keyed = false;         // the list is an object whose members are the items
  Selector children;          // pointers to an item's replies, read in the same way: all of them
  std::map<PostField, Selector> fields;
  std::vector<PostField> required;
  std::vector<PostField> expected{};  // told where one is missing; the post is stored without
  Selector only_if;  // an item without any of these is none of ours: passed over in silence
  Selector skip_if;  // nor is one with a true value at any: "/deleted", "/type=pingback" where that
                     // text stands, "/note*=#nobot" where it stands within; in JSON a "*" in the
                     // pointer is any element: "/labels/*/val=x"
  Selector gone_if;  // the same of an item whose post, if it is kept, is to be gone: "/deleted", or
                     // its author no longer wants to be collected
  Selector more_if;  // the same of an item that has more replies than the answer shows
  std::vector<std::string> unknown;  // words for "not told", in any field: "[REDACTED]"
  // In JSON, where an item names the one that it answers by another key than that one's id: the key
  // that it is named by itself, and the key that it names. An item that answers a key takes the id
  // of the one in the answer's list that has it for its parent, none where none has; one that
  // answers none has the parent that its fields say.
  std::string key;                                         // selector; "" ids are the keys
  std::string answers;                                     // selector
  std::vector<std::pair<std::string, std::string>> known;  // templates: key and id of items that
                                                           // are not in the answer
  std::map<PostField, Markup> markup;
  std::map<PostField, std::map<std::string, std::string>> values;  // a service's word → ours; what
                                                                   // is not listed is unknown
  Selector scope;      // templates: within what ids are unique, where one source asks many sites
  std::string quotes;  // XPath of quoted text, left out of `text`: from the item in an HTML
                       // source, within the field's HTML in a JSON source
  double rating_best = 5.0;
  double rating_worst = 1.0;
  std::optional<double> rating_none;  // a value that means "not rated"
  std::string zone;                   // UTC offset of times written without one: "" UTC, "+02:00"
};

// Requests that follow from an answer: for each node at `list`, variables at selectors within it. A
// variable that is an array of texts ("/ids", "/items/*/id") is those with commas between, as
// services take lists of ids; more than one request takes make several.
// `changed` says when what the node leads to last changed; where it does, that becomes the variable
// changed_variable.
struct EachSpec {
  std::string step;
  Selector list;
  std::map<std::string, Selector> variables;
  Selector only_if;
  Selector skip_if;
  // JSON only: a pointer to nodes below a node, taken alike ("" none), and a selector of a key
  // (ItemSpec) by which no item of the answer may be named ("" not asked).
  std::string children = {};
  std::string unless_here = {};
  Selector changed = {};
};

inline constexpr std::string_view changed_variable = "changed_at";

// Stands between the texts of several elements that a variable joins (the unit separator).
inline constexpr char joint = '\x1f';

// In ItemSpec::instead: an answer that holds nothing.
inline constexpr std::string_view nothing_instead = "{}";

// How an answer is read: made from a source by sources::extractor_for.
struct ExtractorSpec {
  Format format = Format::json;
  SourceId source;
  std::vector<ItemSpec> items;
  std::vector<EachSpec> each;
  Selector error;           // where an answer says that it is none: its words are the failure; or
                            // "/status=DENIED", where a word says so
  std::string language;     // BCP 47, where the source has only one; "" not said
  std::string cursor;       // selector of the next cursor; or "header:Name". In a pointer "-" is
                            // a list's last element: "/posts/-/id"
  std::string next_url;     // selector of the next page's URL
  std::string total;        // selector of the number of pages or items; or "header:Name"
  std::string more;         // selector of the "there is more" flag, or a condition
  std::string oldest;       // selector of the time of a list's last element, newest first, where
                            // its items are no posts
  std::string wait;         // selector of the seconds that the service asks to be left alone
  bool next_links = false;  // look for rel=next and its like in the page and the Link header
  bool want_links = false;  // collect the page's links
  bool articles = false;    // a page that says that it is an article is a post itself
  bool continued = false;   // the answer is a later page of a chain
  std::string address;      // what the answer is a copy of, where that is not what was asked; ""
  std::vector<std::string> comment_feeds;  // parts of a feed's title or address, folded, that tell
                                           // it to be one of comments; none: all feeds are alike
  std::map<std::string, std::string> variables;  // of the request, for templates
};

}  // namespace testigo::extract
