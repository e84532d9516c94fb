#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/page.h"
#include "formats/html_scan.h"
#include "formats/tree.h"

namespace testigo::extract {

// One link of a page, and all that its markup says of where it leads.
struct PageAnchor {
  std::string url;   // absolute, without fragment
  std::string rel;   // lower-case
  std::string text;  // folded
  std::string hint;  // folded: class, id, title, label, alternative text of images in it
  bool between_stories = false;  // in a box that links the stories before and behind this one
};

// The links of a page in document order, http and https only; links to places in the page itself
// and to scripts are left out. The tree knows hints, the scan does not.
[[nodiscard]] std::vector<PageAnchor> anchors_of(const formats::HtmlScan& scan,
                                                 std::string_view page_url);
[[nodiscard]] std::vector<PageAnchor> anchors_of(const formats::Tree& tree,
                                                 std::string_view page_url);

// Where a list that is spread over pages goes on. Absolute URLs.
struct PageLinks {
  std::vector<std::string> next;  // best first: rel=next, then what markup and words say
  std::vector<std::string> previous;
  std::vector<std::string> numbered;  // "1 2 3 …", in order
  bool links_first = false;           // a link labelled "1" leads to another page than this
};

// By rel attributes, and by what links are called ("next", "siguiente", "următoarea", "»", class
// "next"): those only where they lead to another page of the same host.
[[nodiscard]] PageLinks paging_of(const std::vector<PageAnchor>& anchors,
                                  std::string_view page_url);

// The same with <link rel> and the response's Link headers before it: what an answer says of
// itself is believed first.
[[nodiscard]] PageLinks paging_of(const formats::HtmlScan& scan,
                                  const std::vector<PageAnchor>& anchors,
                                  const std::vector<Header>& headers, std::string_view page_url);

// rel → URL of the response's Link headers (formats/link_header.h), once for each relation type of
// a link; those about another page than this are left out.
struct HeaderLink {
  std::string rel;
  std::string url;
};
[[nodiscard]] std::vector<HeaderLink> link_headers(const std::vector<Header>& headers,
                                                   std::string_view page_url);

// The anchors' URLs, and where <meta http-equiv=refresh> leads, once each. rel=nofollow is
// followed: it is about ranking, not about reading.
[[nodiscard]] std::vector<std::string> links_of(const std::vector<PageAnchor>& anchors,
                                                const formats::HtmlScan& scan,
                                                std::string_view page_url);

}  // namespace testigo::extract
