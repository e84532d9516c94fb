#include "extract/feed.h"

#include <utility>

#include "extract/feed_xml.h"
#include "formats/encoding_sniff.h"
#include "formats/xml.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::extract {

namespace {

// UTF-32, by its byte order mark or the "<" it begins with (XML 1.0, appendix F). The web's
// encodings no longer include it; a few feeds do.
struct Utf32 {
  std::string text;
  std::string_view name;
};
std::optional<Utf32> decode_utf32(std::string_view bytes) {
  using namespace std::string_view_literals;
  const bool big = bytes.starts_with("\0\0\xFE\xFF"sv) || bytes.starts_with("\0\0\0<"sv);
  const bool little = bytes.starts_with("\xFF\xFE\0\0"sv) || bytes.starts_with("<\0\0\0"sv);
  if (!big && !little) return std::nullopt;
  Utf32 out{{}, big ? "UTF-32BE" : "UTF-32LE"};
  for (std::size_t i = 0; i + 4 <= bytes.size(); i += 4) {
    char32_t code = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      code = code << 8 | static_cast<unsigned char>(bytes[i + (big ? k : 3 - k)]);
    }
    if (code != 0xFEFF) out.text += text::encode(code);
  }
  return out;
}

formats::DecodedPage decode_feed(std::string_view bytes, std::string_view content_type) {
  if (std::optional<Utf32> utf32 = decode_utf32(bytes)) {
    return {std::move(utf32->text), {utf32->name, formats::EncodingEvidence::byte_order_mark}};
  }
  formats::DecodedPage decoded = formats::decode_page(bytes, content_type);
  // XML and JSON without a word about it are UTF-8, not the web's windows-1252.
  const bool silent = decoded.encoding.evidence == formats::EncodingEvidence::fallback;
  if (silent && text::is_valid_utf8(bytes)) decoded.encoding.name = "UTF-8";
  return decoded;
}

constexpr std::size_t max_mended_items = 20'000;  // as many as are kept of a feed
constexpr std::string_view text_elements[] = {"title", "description", "content:encoded", "summary"};

// Whether a tag's name ends there.
bool ends_name(std::string_view text, std::size_t at) {
  return at < text.size() && (text[at] == '>' || text[at] == ' ' || text[at] == '\n');
}

// How many entries are opened: "<item>" and "<item rdf:about", not "<items>".
std::size_t opened_entries(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const char initial = at + 1 < text.size() ? text[at + 1] : ' ';
    if (initial != 'i' && initial != 'e') continue;
    const std::string_view name = initial == 'i' ? "item" : "entry";
    if (text.substr(at + 1).starts_with(name) && ends_name(text, at + 1 + name.size())) ++count;
  }
  return count;
}

// Whether tags within a text do not pair: "<title>Ten <i>boots</title>".
bool has_broken_markup(std::string_view document) {
  for (const std::string_view name : text_elements) {
    const std::string tag = "<" + std::string(name) + ">";
    const std::string closing = "</" + std::string(name);
    for (std::size_t at = document.find(tag); at != std::string_view::npos;) {
      const std::size_t begin = at + tag.size();
      const std::size_t end = document.find(closing, begin);
      if (end == std::string_view::npos) return true;
      const std::string_view inside = document.substr(begin, end - begin);
      std::ptrdiff_t open = 0;
      const bool marked = inside.find("<![CDATA[") == std::string_view::npos;
      for (std::size_t i = 0; marked && i < inside.size(); ++i) {
        if (inside[i] != '<') continue;
        const std::size_t close = std::min(inside.find('>', i), inside.size());
        if (i + 1 < inside.size() && inside[i + 1] == '/') {
          --open;
        } else if (close > i && inside[close - 1] != '/') {
          ++open;
        }
        i = close;
      }
      if (open != 0) return true;
      at = document.find(tag, end);
    }
  }
  return false;
}

// How much a feed tells of its entries; nesting that breaks takes addresses and dates with it.
std::size_t told(const Feed& feed) {
  std::size_t sum = 0;
  for (const FeedEntry& entry : feed.entries)
    sum += (entry.url ? 1u : 0u) + (entry.id ? 1u : 0u) + 1u +
           (entry.published || entry.updated ? 1u : 0u) +
           (entry.summary || !entry.content.empty() ? 1u : 0u);
  return sum;
}

bool lacks_something(const Feed& feed) {
  return std::any_of(feed.entries.begin(), feed.entries.end(), [](const FeedEntry& entry) {
    return (!entry.url && !entry.id) || (!entry.published && !entry.updated);
  });
}

// HTML that stands unescaped in RSS ("<description><p>unclosed</description>") breaks the nesting
// of all that follows. Here it is escaped, as it should have been.
std::string escape_markup(std::string_view document) {
  std::string out;
  while (!document.empty()) {
    const std::size_t open = std::min(document.find('<'), document.size());
    out += document.substr(0, open);
    document.remove_prefix(open);
    for (const std::string_view name : text_elements) {
      const std::string tag = "<" + std::string(name) + ">";
      if (!document.starts_with(tag)) continue;
      const std::size_t end = document.find("</" + std::string(name), tag.size());
      if (end == std::string_view::npos) break;
      const std::string_view inside = document.substr(tag.size(), end - tag.size());
      out += tag;
      const bool marked = inside.find("<![CDATA[") == std::string_view::npos;
      for (const char c : inside) {
        if (c == '<' && marked)
          out += "&lt;";
        else
          out += c;
      }
      document.remove_prefix(end);
      break;
    }
    if (document.empty()) break;
    out += document.front();
    document.remove_prefix(1);
  }
  return out;
}

// Where an element of these begins that is not closed before the next one, it is closed there:
// entries do not stand within each other.
std::string close_entries(std::string_view document, std::string_view name) {
  const std::string opening = "<" + std::string(name);
  const std::string closing = "</" + std::string(name) + ">";
  std::string out;
  bool open = false;
  while (!document.empty()) {
    const std::size_t at = std::min(document.find('<'), document.size());
    out += document.substr(0, at);
    document.remove_prefix(at);
    std::size_t size = 1;
    if (document.starts_with("<![CDATA[")) {
      size = document.find("]]>");
    } else if (document.starts_with(closing)) {
      open = false;
    } else if (document.starts_with(opening) && ends_name(document, opening.size())) {
      if (open) out += closing;
      open = true;
    }
    out += document.substr(0, size);
    document.remove_prefix(std::min(size, document.size()));
  }
  return out;
}

Result<Feed> read_xml(std::string_view document, std::string_view url, UtcTime now) {
  const Result<formats::Tree> tree = formats::parse_xml(document);
  if (!tree)
    return fail(tree.error().code, "this is no feed: " + tree.error().what, std::string(url));
  return feed_of_xml(*tree, document, url, now);
}

// Again with its markup escaped, where items are in the text that are not in what was read, or
// their parts are.
Result<Feed> read_xml_mending(std::string_view document, std::string_view url, UtcTime now) {
  Result<Feed> feed = read_xml(document, url, now);
  const std::size_t written = opened_entries(document);
  if (!feed || written > max_mended_items) return feed;
  if (feed->entries.size() >= written && !(lacks_something(*feed) && has_broken_markup(document)))
    return feed;
  const std::string closed = close_entries(close_entries(document, "item"), "entry");
  for (const std::string& mended : {closed, escape_markup(closed)}) {
    Result<Feed> again = read_xml(mended, url, now);
    if (again && told(*again) > told(*feed)) feed = std::move(again);
  }
  return feed;
}

// Where a feed begins: servers put blank lines and warnings before it, with markup of their own.
std::size_t begin_of_xml(std::string_view document) {
  if (document.starts_with("<?xml ") || document.starts_with("<rss")) return 0;  // as most do
  constexpr std::size_t most_before = 64 * 1024;
  const std::size_t first = document.find('<');
  const std::string head = text::ascii_lower(document.substr(0, most_before));
  const std::size_t html = std::min(head.find("<html"), head.find("<!doctype html"));
  std::size_t begin = std::string_view::npos;
  for (const std::string_view root : {"<?xml ", "<rss", "<feed", "<rdf:rdf"})
    begin = std::min(begin, head.find(root));
  return begin < html ? begin : first;
}

}  // namespace

Result<Feed> read_feed(std::string_view bytes, std::string_view url, std::string_view content_type,
                       UtcTime now) {
  const formats::DecodedPage decoded = decode_feed(bytes, content_type);
  std::string_view document = text::trim(decoded.text);
  Result<Feed> feed = fail(Errc::malformed, "");
  if (document.starts_with('{')) {
    feed = feed_of_json(document, url, now);
  } else {
    const std::size_t begin = begin_of_xml(document);
    if (begin == std::string_view::npos) {
      return fail(Errc::malformed, "this is no feed: there is no element in it.", std::string(url));
    }
    document.remove_prefix(begin);
    feed = read_xml_mending(document, url, now);
  }
  if (feed) feed->encoding = std::string(decoded.encoding.name);
  return feed;
}

}  // namespace testigo::extract
