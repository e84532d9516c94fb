#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/page.h"
#include "core/post.h"
#include "core/result.h"
#include "extract/spec.h"

namespace testigo::extract {

// What is said of one thing as a whole ("4.6 of 5, 312 ratings"): schema.org AggregateRating.
// Absent numbers are not in the page; `best` is not defaulted.
struct Aggregate {
  std::optional<std::string> item;
  std::optional<double> rating;
  std::optional<double> best;
  std::optional<double> worst;
  std::optional<std::int64_t> review_count;
  std::optional<std::int64_t> rating_count;

  friend bool operator==(const Aggregate&, const Aggregate&) = default;
};

// Values by name that a later request's URL template is filled with.
using Variables = std::map<std::string, std::string>;

// A post that its source says is no more.
struct DepartedPost {
  std::string external_id;
  std::optional<UtcTime> at;

  friend bool operator==(const DepartedPost&, const DepartedPost&) = default;
};

// Everything one answer yields. URLs are absolute and, but for those of posts, free of fragments.
struct Extraction {
  std::vector<Post> posts;
  std::vector<std::size_t> lists;      // where each of several lists of one answer ends in `posts`
  std::vector<DepartedPost> departed;  // none of `posts`
  std::vector<Aggregate> aggregates;
  std::size_t items = 0;           // in the answer's lists, those left out included; of one
                                   // without lists of posts, the requests that it leads to
  std::size_t left_out = 0;        // items not stored because the source drifted
  std::size_t skipped = 0;         // elements of the lists that are no items: by the source's own
                                   // word (only_if, skip_if, gone_if), or a feed's without a word
  std::vector<std::string> drift;  // "source drifted: /hits/0/author is missing"; below these
                                   // what posts were stored without
  std::vector<std::string> notes;  // what else is to be told of an answer that was read
  bool cut_short = false;          // the answer ends in its middle: there is more than it holds
  std::vector<std::string> next;   // following pages, best first
  std::optional<std::string> cursor;         // of cursor paging; empty at the end
  std::optional<std::int64_t> total;         // pages or items in all, as the source's `total` says
  std::optional<bool> more;                  // what the source's `more` flag says
  std::optional<UtcTime> oldest;             // of the list's elements, where `oldest` says so
  std::optional<std::chrono::seconds> wait;  // that the service asks to be left alone: `wait`
  std::optional<std::chrono::seconds> rest;  // that a feed asks to be given between two visits
  std::vector<std::string> links;            // of a page or a sitemap, in document order, once each
  std::vector<std::string> sitemaps;         // named by a sitemap index
  std::vector<std::string> feeds;            // that the page offers, but for those of comments
  std::vector<std::string> comment_feeds;    // of the page's or the feed's comments
  bool shortened = false;  // an item says that it has more replies than are here: `more_if`
  bool begins = false;     // the list begins in this answer: no earlier page of it is known
  bool ends = false;       // and ends in it: nothing tells of a further page
  std::map<std::string, std::vector<Variables>> each;  // step name → one request's variables each

  friend bool operator==(const Extraction&, const Extraction&) = default;
};

// Which part of a list an answer showed, so that a post's absence from it means something.
struct ShownList {
  bool whole = false;                // every post that the list has is here
  std::optional<TimeWindow> window;  // every post of the list that was posted within it is here

  friend bool operator==(const ShownList&, const ShownList&) = default;
};

// Says no more than is sure. Whole: it begins and ends here, an item is nowhere left out, and the
// page's own count of reviews is not above what was found; a list without posts is whole only where
// the page counts none. A window: its dated posts are in order of time, and not all of one time. It
// lies between the first and the last of them; where a list that is newest first begins here, all
// that is newer belongs to it, and on a list's last page all that lies behind. Of an answer with
// several lists it is what the windows of all have in common, and nothing where one has no posts. A
// feed is a window on its posts: never whole.
[[nodiscard]] ShownList shown_list(const Extraction& extraction);
// Two are in order by chance half of the time, five that may be in either order once in sixty.
inline constexpr std::size_t min_dated_posts = 3;         // newest first, from its begin
inline constexpr std::size_t min_dated_posts_within = 5;  // oldest first, or of a later page

// What an answer that its status calls an error says at the spec's `error`, in quotation marks and
// cut short; nothing where it says nothing there, or is not JSON.
[[nodiscard]] std::optional<std::string> error_words(const Page& page, const ExtractorSpec& spec);

// Reads an answer as the spec says. `now` dates relative times ("3 days ago"); under replay it is
// the record's own time. What lies more than a day behind it is no date of a post, and but for a
// feed's that is told; of an answer of no known time (the epoch) any date is one. An empty list is
// an answer, not a failure. An item that lacks a required field, or holds another type where text
// or a number belongs, is left out and named in `drift`.
// Errc::malformed when the body is not of the format at all (HTML in place of JSON);
// Errc::limit_exceeded when it is nested or sized beyond the readers' bounds.
[[nodiscard]] Result<Extraction> extract_page(const Page& page, const ExtractorSpec& spec,
                                              UtcTime now);

// How many items one answer may yield: far above any API's page size, below what a hostile list
// could fill the memory with.
inline constexpr std::size_t max_items_per_page = 20'000;

}  // namespace testigo::extract
