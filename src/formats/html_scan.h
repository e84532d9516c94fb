#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace testigo::formats {

// What a page says about itself in places that need no tree. Values are entity-decoded; URLs are as
// written, relative to `base` if that is set.
struct HtmlScan {
  struct Link {  // <link rel href>
    std::string rel;
    std::string href;
    std::string type;
    std::string title;
    std::string hreflang;
  };
  struct Meta {        // <meta name|property|http-equiv|itemprop content>
    std::string name;  // the first of those four that it has, lower-case
    std::string content;
  };
  struct Anchor {  // <a href>, <area href>
    std::string href;
    std::string rel;
    std::string text;  // between the tags, tags dropped, space collapsed; cut at 200 bytes
  };

  std::optional<std::string> base;      // of the first <base href>
  std::optional<std::string> language;  // <html lang>
  std::optional<std::string> title;     // of the first <title>
  std::vector<Link> links;
  std::vector<Meta> metas;
  std::vector<Anchor> anchors;
  std::vector<std::string> item_types;  // values of itemtype (microdata) and typeof (RDFa), as
  std::vector<std::string> rdfa_types;  // written, once each; of the first max_scanned_types
  bool review_classes = false;  // a class names a review of microformats, or what answers a post
  std::vector<std::string> json_ld;  // the contents of <script type="application/ld+json">

  // The first meta of that name.
  [[nodiscard]] std::optional<std::string_view> meta(std::string_view name) const;
};

// How many of each are kept; later ones are dropped. A page links a few hundred places.
inline constexpr std::size_t max_scanned_links = 20'000;

// A page that describes more kinds of things than this is a catalogue of vocabularies.
inline constexpr std::size_t max_scanned_types = 256;

// One pass over the bytes, linear, of any input. Follows the HTML tokenizer where it matters: raw
// text of script, style, textarea, title, xmp, iframe, noframes; comments; quoted attributes.
[[nodiscard]] HtmlScan scan_html(std::string_view utf8);

// Its metas alone, which cost less.
[[nodiscard]] std::vector<HtmlScan::Meta> scan_metas(std::string_view utf8);

// "&amp;" → "&", "&#8217;" → "’", the named characters of HTML 4; anything else stays.
[[nodiscard]] std::string decode_entities(std::string_view text);

}  // namespace testigo::formats
