#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"

namespace testigo::extract {

struct FeedPerson {
  std::optional<std::string> name;
  std::optional<std::string> email;
  std::optional<std::string> url;

  friend bool operator==(const FeedPerson&, const FeedPerson&) = default;
};

// One item of a feed. Texts are plain: markup removed, entities decoded, empty where there was
// markup without words (a picture). URLs are absolute where a base is known.
struct FeedEntry {
  std::optional<std::string> id;          // guid, atom:id, rdf:about, JSON Feed id
  std::optional<std::string> written_id;  // where it was made an address of: a part of one
  std::optional<std::string> url;         // link, or guid where that is a permalink
  std::optional<std::string> title;       // plain text
  std::optional<FeedPerson> author;
  std::optional<std::string> summary;  // where the feed gives the content alone, that
  std::vector<std::string> content;
  std::optional<std::string> own_words;  // of the first content, or of the summary where there is
                                         // none: without its quotations, where it answers one
  std::optional<std::string> published_written;
  std::optional<UtcTime> published;
  std::optional<UtcTime> updated;
  std::optional<std::string> language;
  std::optional<std::string> comments_url;   // rss comments: a page
  std::optional<std::string> comments_feed;  // wfw:commentRss, atom link rel=replies
  std::optional<std::int64_t> comment_count;
  std::optional<std::string> in_reply_to;  // thr:in-reply-to, or the address it says it answers
  std::optional<std::int64_t> reach;       // media:statistics: views; im:voteSum
  std::optional<double> rating;            // im:rating: of five stars
  std::optional<std::string> app_version;  // im:version: of what is reviewed
  std::optional<std::string> source_title;
  std::optional<std::string> source_url;
  std::optional<std::string> source_id;
  std::vector<std::string> tags;
  std::vector<std::string> enclosures;

  friend bool operator==(const FeedEntry&, const FeedEntry&) = default;
};

// RFC 6721: an entry that its feed says is deleted.
struct DeletedEntry {
  std::string id;
  std::optional<UtcTime> when;

  friend bool operator==(const DeletedEntry&, const DeletedEntry&) = default;
};

struct Feed {
  std::string format;    // "rss090", "rss091n", "rss091u", "rss092", "rss093", "rss094", "rss20",
                         // "rss10", "rss", "atom03", "atom10", "atom", "json10", "json11", "cdf"
                         // (Channel Definition Format, the W3C note of 1997)
  std::string encoding;  // as decoded: "utf-8", "windows-1252"
  std::optional<std::string> title;
  std::optional<std::string> description;
  std::optional<std::string> url;  // of the site
  std::optional<std::string> id;
  std::optional<std::string> language;
  std::optional<FeedPerson> author;
  std::optional<UtcTime> updated;
  std::optional<std::chrono::seconds> rest;  // between two visits: RSS ttl, or what the syndication
                                             // module says (updatePeriod, updateFrequency)
  std::optional<std::string> next;           // RFC 5005 next page, JSON Feed next_url
  std::vector<std::string> tags;
  std::vector<FeedEntry> entries;
  std::size_t unread = 0;  // entries behind the first max_entries (feed_elements.h)
  bool cut_short = false;  // it ends before its first element does; an entry that it ends within is
                           // left out
  std::vector<DeletedEntry> deleted;

  friend bool operator==(const Feed&, const Feed&) = default;
};

// Reads RSS 0.9x, 1.0, 2.0, Atom 0.3, 1.0 and JSON Feed 1.x from bytes as sent. `url` is the base
// of relative links ("" unknown), `content_type` the header's value ("" none). Broken XML is read
// as far as it makes sense. Errc::malformed when it is no feed (an HTML page, an empty body).
[[nodiscard]] Result<Feed> read_feed(std::string_view bytes, std::string_view url,
                                     std::string_view content_type, UtcTime now);

}  // namespace testigo::extract
