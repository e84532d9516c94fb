#pragma once

#include <chrono>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/feed.h"
#include "extract/feed_text.h"
#include "formats/plain_url.h"
#include "formats/tree.h"

namespace testigo::extract {

// What reading RSS and reading Atom have in common: finding elements by name whatever their feed
// made of namespaces, and reading dates, people and links out of them.

inline constexpr std::string_view atom10 = "http://www.w3.org/2005/Atom";
inline constexpr std::string_view atom03 = "http://purl.org/atom/ns#";
inline constexpr std::string_view rss090 = "http://my.netscape.com/rdf/simple/0.9/";
inline constexpr std::string_view rss10 = "http://purl.org/rss/1.0/";

inline constexpr std::size_t max_entries = 20'000;  // the longest feeds hold a few thousand

inline constexpr double app_store_stars = 5.0;  // the scale of im:rating

// Whether a namespace is one of those that an element may belong to.
using Belongs = bool (*)(std::string_view uri);
[[nodiscard]] bool is_rss_namespace(std::string_view uri);   // plain RSS, of whatever version
[[nodiscard]] bool is_atom_namespace(std::string_view uri);  // Atom's, or what was taken for it
[[nodiscard]] bool is_atom_or_none(std::string_view uri);
[[nodiscard]] bool is_dublin_core(std::string_view uri);
[[nodiscard]] bool is_content(std::string_view uri);  // content:encoded
[[nodiscard]] bool is_body(std::string_view uri);     // xhtml:body, or just body

struct Dated {
  std::optional<UtcTime> time;
  std::optional<std::string> written;
};

// An element with those that stand in it, gathered once: an entry is asked for some thirty names.
struct FeedParent {
  FeedParent(formats::Node element);  // implicit, for who asks one question

  struct Child {
    std::string_view name;  // local
    formats::Node node;
  };
  formats::Node node;
  std::vector<Child> children;
};

class FeedElements {
 public:
  using Node = formats::Node;

  // `cut_short`: the document ends before its root does. `dates`: the language in whose order its
  // numeric dates are (date_order.h).
  FeedElements(std::string_view url, UtcTime now, bool cut_short, std::string dates)
      : url_(url), base_(url), now_(now), cut_short_(cut_short), dates_(std::move(dates)) {}

  // The first child of that name, whatever its case.
  [[nodiscard]] Node child(const FeedParent& parent, std::string_view name, Belongs belongs) const;
  void each_child(const FeedParent& parent, std::string_view name, Belongs belongs,
                  const std::function<void(Node)>& found) const;
  // The same, without the one that a document which is cut short ends within.
  void each_entry(const FeedParent& parent, std::string_view name, Belongs belongs,
                  const std::function<void(Node)>& found) const;

  [[nodiscard]] bool is_cut_short() const { return cut_short_; }
  [[nodiscard]] UtcTime now() const { return now_; }

  // The plain text of the first such child; nothing where nothing stands between its tags.
  [[nodiscard]] std::optional<std::string> text_of_child(const FeedParent& parent,
                                                         std::string_view name, Belongs belongs,
                                                         TextDefault otherwise) const;
  [[nodiscard]] std::optional<FeedWords> words_of_child(const FeedParent& parent,
                                                        std::string_view name, Belongs belongs,
                                                        TextDefault otherwise) const;
  // text_of_child of "title", on one line.
  [[nodiscard]] std::optional<std::string> title_of(const FeedParent& parent, Belongs belongs,
                                                    TextDefault otherwise) const;
  // An address as written where it is absolute (it is an identity too), else resolved.
  [[nodiscard]] std::optional<std::string> address(Node node, std::string_view reference) const;
  // The last of the elements so named that is a date: later ones correct earlier ones.
  [[nodiscard]] Dated date_of(
      const FeedParent& parent,
      std::initializer_list<std::pair<std::string_view, Belongs>> names) const;
  [[nodiscard]] std::optional<FeedPerson> atom_person(const FeedParent& parent,
                                                      std::string_view role) const;
  [[nodiscard]] std::vector<std::string> tags_of(const FeedParent& parent, Belongs belongs) const;

  // RFC 4287 §4.2.7: the alternate link, HTML before other types; without rel it is alternate.
  [[nodiscard]] std::optional<std::string> alternate_link(const FeedParent& parent) const;
  [[nodiscard]] std::optional<std::string> related_link(const FeedParent& parent,
                                                        std::string_view rel) const;

  // The time between two visits of so many in a period (RDF Site Summary 1.0, module Syndication).
  [[nodiscard]] std::optional<std::chrono::seconds> update_rest(const FeedParent& feed) const;

  // What is said of an entry's film or picture as a whole (Media RSS), where it stands in the entry
  // or in its group; not what each picture shows.
  [[nodiscard]] std::optional<std::string> media_description(const FeedParent& entry) const;
  [[nodiscard]] std::optional<std::int64_t> media_views(const FeedParent& entry) const;

  // What the App Store's feed of an app's reviews adds to an entry.
  void read_app_review(const FeedParent& parent, FeedEntry& entry) const;
  void add_enclosures(const FeedParent& parent, FeedEntry& entry) const;
  void add_content(Node node, TextDefault otherwise, FeedEntry& entry) const;
  // Where readers' comments are, and how many.
  void read_comments(const FeedParent& parent, FeedEntry& entry) const;

 private:
  std::string url_;
  formats::LinkBase base_;  // the document's own
  UtcTime now_;
  bool cut_short_;
  std::string dates_;
};

// The text of a node without space at its ends.
[[nodiscard]] std::string trimmed_text(formats::Node node);

// The two families.
[[nodiscard]] Feed read_atom(const FeedElements& elements, formats::Node root);
[[nodiscard]] FeedEntry read_atom_entry(const FeedElements& elements, formats::Node entry);
[[nodiscard]] Feed read_rss(const FeedElements& elements, formats::Node root,
                            std::string_view document);

}  // namespace testigo::extract
