#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/page.h"
#include "core/result.h"
#include "core/time.h"
#include "extract/extract.h"
#include "extract/number.h"

namespace testigo::extract {

// One review as the page's markup states it. Absent is not in the page: `best` is not defaulted.
struct Review {
  std::optional<std::string> id;
  std::optional<std::string> item;
  std::optional<std::string> author;
  std::optional<double> rating;
  std::optional<double> best;
  std::optional<double> worst;
  std::optional<std::string> title;
  std::optional<std::string> body;  // plain text
  std::vector<std::string> pros;    // what its writer counts for it and against it
  std::vector<std::string> cons;
  std::optional<std::string> date;  // as written
  std::optional<std::string> edited;
  std::optional<std::string> url;
  std::optional<std::string> language;
  std::optional<std::string> location;
  std::optional<std::int64_t> reach;
  std::optional<std::string> reply;  // by the publisher or owner
  std::optional<std::string> reply_date;

  friend bool operator==(const Review&, const Review&) = default;
};

// A reader's comment marked up on a page.
struct PageComment {
  std::optional<std::string> id;  // the site's own, or "#…": an element's, unique in its page only
  std::optional<std::string> author;
  std::optional<std::string> title;
  std::string text;
  std::optional<std::string> own_words;  // `text` without what it quotes of others, where it does
  std::optional<std::string> date;       // as written
  std::optional<std::string> parent;     // id of the comment or posting that it answers
  std::uint32_t place = 0;               // unique in its page; 0 none
  std::uint32_t answers = 0;             // place of the one that it answers; 0 none
  std::optional<std::string> item;       // what it is about
  std::optional<std::string> url;
  std::optional<std::int64_t> reach;
  std::optional<WrittenRating> rating;  // of a review that a page shows without markup
  std::optional<std::string> reply;     // by the owner of what is reviewed
  std::optional<std::string> reply_date;
  bool by_owner = false;  // it is such an answer itself

  friend bool operator==(const PageComment&, const PageComment&) = default;
};

// A page as one text: an article, a story. Absent is not in the page.
struct PageArticle {
  std::optional<std::string> title;  // its headline, without the site's name
  std::optional<std::string> author;
  std::optional<std::string> date;  // of publication, as written
  std::optional<std::string> edited;
  bool stated = false;  // the markup says that the page is one article

  friend bool operator==(const PageArticle&, const PageArticle&) = default;
};

// What a web page states of itself: the values of `inspect page` (DESIGN §7).
struct PageReading {
  std::optional<std::string> canonical_url;
  std::optional<std::string> language;
  std::string encoding;
  std::optional<std::string> title;
  std::vector<std::string> feeds;
  std::vector<std::string> comment_feeds;  // those of `feeds` that PageWants tells apart
  std::vector<std::string> next;           // best first
  std::vector<std::string> previous;
  std::vector<std::string> numbered;  // links to numbered pages
  bool links_first = false;           // a link labelled "1" leads to another page than this
  std::vector<std::string> links;
  std::vector<Review> reviews;
  std::vector<Aggregate> aggregates;
  std::vector<PageComment> comments;
  PageArticle article;      // where the text was asked for
  std::string text;         // of the body, plain
  bool tree_built = false;  // false where the bytes alone told everything that was asked for
  std::optional<std::string> unread;  // why its tree, which was asked for, could not be built, or
                                      // a part of it was not read
  bool broken_markup = false;         // posts that its JSON-LD states were not read
};

// What to read beyond what the markup states; asking for the text always builds the tree, asking
// for comments does where the markup states no more than one review or comment.
struct PageWants {
  bool text = false;
  bool article = false;   // its text too where the page does not state several posts
  bool comments = false;  // readers' comments, unless the markup states several posts
  bool tree = false;      // build the tree in any case: class names then tell more of the paging
  std::span<const std::string> comment_feeds = {};  // see ExtractorSpec
};

// Whether a text found on a page is one that its markup states, cut short or with a title before
// it.
[[nodiscard]] bool says_the_same(std::string_view found, std::string_view stated);

// Whether a feed's title or address holds one of these parts (folded): a feed of comments then.
[[nodiscard]] bool tells_comments(std::string_view title, std::string_view url,
                                  std::span<const std::string> parts);

// Reads a page from decoded bytes in whatever charset. `url` is its address; of the response's
// headers Content-Type and Link are heeded.
// Errc::limit_exceeded when it nests beyond what the HTML reader's guards allow.
[[nodiscard]] Result<PageReading> read_page(std::string_view bytes, std::string_view url,
                                            const std::vector<Header>& headers,
                                            const PageWants& wants = {});

}  // namespace testigo::extract
