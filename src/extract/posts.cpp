#include "extract/posts.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "extract/date_order.h"
#include "extract/drift.h"
#include "extract/feed.h"
#include "extract/feed_elements.h"
#include "extract/item.h"
#include "extract/page_reading.h"
#include "extract/paging.h"
#include "extract/plain.h"
#include "extract/post_identity.h"
#include "extract/review_rating.h"
#include "extract/sitemap.h"
#include "formats/canonical_url.h"
#include "formats/date.h"
#include "formats/json_writer.h"
#include "text/utf8.h"

namespace testigo::extract {
namespace {

std::string canonical_or(std::string_view url) {
  const auto canonical = formats::canonical_url(url, formats::TrackingParameters());
  return canonical ? *canonical : std::string(url);
}

Post post_on(const Page& page, const ExtractorSpec& spec) {
  Post post;
  post.source = spec.source;
  post.page_url = canonical_or(page.url);
  if (!spec.language.empty()) post.language = spec.language;
  return post;
}

std::optional<std::string> name_of(std::optional<FeedPerson> person) {
  if (!person) return std::nullopt;
  return person->name ? std::move(person->name) : std::move(person->email);
}

// Of what all posts of a page have alike.
void shorten(std::optional<std::string>& text) {
  if (text) text->resize(text::char_border(*text, max_short_bytes));
}

// News searches put the paper that an entry is from behind its headline: "Headline - Paper".
std::optional<std::string> headline_of(std::optional<std::string> title,
                                       const std::optional<std::string>& paper) {
  if (!title || !paper) return title;
  const std::string behind = " - " + *paper;
  if (title->size() > behind.size() && title->ends_with(behind))
    title->resize(title->size() - behind.size());
  return title;
}

// `feed`: what holds for all of its entries.
Post post_of(FeedEntry entry, const Feed& feed, Post post) {
  post.external_id = std::move(entry.id);
  post.url = std::move(entry.url);
  post.parent = std::move(entry.in_reply_to);
  post.author = name_of(entry.author ? std::move(entry.author) : feed.author);
  post.reach = entry.reach;
  if (entry.rating) post.rating = Rating{*entry.rating, app_store_stars, 1.0};
  post.app_version = std::move(entry.app_version);
  post.posted_at = entry.published ? entry.published : entry.updated;
  post.posted_at_written = std::move(entry.published_written);
  if (entry.published && entry.updated != entry.published) post.edited_at = entry.updated;
  if (entry.language)
    post.language = std::move(entry.language);
  else if (feed.language)
    post.language = feed.language;
  post.title = headline_of(std::move(entry.title), entry.source_title);
  post.text = entry.own_words          ? *std::move(entry.own_words)
              : !entry.content.empty() ? std::move(entry.content.front())
                                       : std::move(entry.summary).value_or("");
  return post;
}

// How a page's dates are read.
struct DateReading {
  UtcTime now{};
  std::string language;
  std::string of_numbers;  // the language in whose order numeric dates are

  [[nodiscard]] std::optional<UtcTime> time(const std::optional<std::string>& written) const {
    if (!written) return std::nullopt;
    return formats::parse_date(*written, now, has_numeric_date(*written) ? of_numbers : language);
  }

  // "3 days ago" is another date tomorrow, and would make another post of the same one.
  [[nodiscard]] bool moves(const std::optional<std::string>& written) const {
    DateReading tomorrow = *this;
    tomorrow.now += std::chrono::days(1);
    return time(written) != tomorrow.time(written);
  }
};

// What the markup states of a review and its post does without. Nought is how shops write that
// there is no rating.
std::vector<UnreadValue> unread_of(const Review& review, const DateReading& dates,
                                   std::size_t place) {
  std::vector<UnreadValue> unread;
  const std::string of_review = " of review " + std::to_string(place) + " is ";
  const auto rating = stated_rating(review);
  if (rating && rating->value != 0.0 && !is_on_scale(*rating))
    unread.push_back({"rating", "the rating" + of_review + "not from " +
                                    formats::shortest(rating->worst) + " to " +
                                    formats::shortest(rating->best) + ": " +
                                    formats::shortest(rating->value)});
  if (review.date && !dates.time(review.date))
    unread.push_back(
        {"date", "the date" + of_review + "no time: " + quoted(*review.date, longest_shown_value)});
  return unread;
}

DateReading dates_of(const PageReading& reading, UtcTime now) {
  std::vector<std::string_view> written;
  const auto note = [&](const std::optional<std::string>& date) {
    if (date) written.push_back(*date);
  };
  for (const Review& review : reading.reviews) note(review.date);
  for (const PageComment& comment : reading.comments) note(comment.date);
  const std::string language = reading.language.value_or("");
  return {now, language, language_of_dates(written, language, now)};
}

// Lines of what its writer counts for the thing and against it, behind the words.
std::string with_notes(const Review& review, std::string_view language) {
  struct Labels {
    std::string_view language, pros, cons;
  };
  constexpr Labels labels[] = {{"es", "Pros", "Contras"}, {"ro", "Pro", "Contra"}};
  Labels usual{"en", "Pros", "Cons"};
  for (const Labels& one : labels)
    if (language.starts_with(one.language)) usual = one;
  std::string text = review.body.value_or("");
  const auto add = [&](std::string_view label, const std::vector<std::string>& notes) {
    std::string list;
    for (const std::string& note : notes) {
      if (text.find(note) == std::string::npos) list += (list.empty() ? "" : "; ") + note;
    }
    if (list.empty()) return;
    text += (text.empty() ? "" : "\n") + std::string(label) + ": " + list;
  };
  add(usual.pros, review.pros);
  add(usual.cons, review.cons);
  return text;
}

Post post_of(Review review, const PageReading& reading, const DateReading& dates, Post post) {
  post.external_id = std::move(review.id);
  if (review.url) post.url = absolute_url(*review.url, post.page_url);
  post.author = std::move(review.author);
  post.item = std::move(review.item);
  post.location = std::move(review.location);
  post.posted_at = dates.time(review.date);
  post.posted_at_written = std::move(review.date);
  post.edited_at = dates.time(review.edited);
  if (post.edited_at == post.posted_at) post.edited_at.reset();
  if (review.language)
    post.language = std::move(review.language);
  else if (reading.language)
    post.language = reading.language;
  post.rating = rating_of(review);
  post.title = std::move(review.title);
  post.text = with_notes(review, post.language.value_or(""));
  post.reach = review.reach;
  post.owner_reply = std::move(review.reply);
  post.owner_reply_at = dates.time(review.reply_date);
  return post;
}

// What a page's own reviews are of: the one thing that its markup rates, else what it is titled.
std::optional<std::string> reviewed_on(const PageReading& reading, const PageComment& comment) {
  const bool one_thing = comment.rating && reading.aggregates.size() == 1;
  return one_thing && reading.aggregates.front().item ? reading.aggregates.front().item
                                                      : reading.title;
}

Post post_of(PageComment comment, const PageReading& reading, const DateReading& dates, Post post) {
  post.external_id = std::move(comment.id);
  if (comment.url) post.url = absolute_url(*comment.url, post.page_url);
  post.author = std::move(comment.author);
  post.parent = std::move(comment.parent);
  post.item = comment.item ? std::move(comment.item) : reviewed_on(reading, comment);
  if (reading.language) post.language = reading.language;
  post.posted_at = dates.time(comment.date);
  if (post.external_id || !dates.moves(comment.date))
    post.posted_at_written = std::move(comment.date);
  post.title = std::move(comment.title);
  if (comment.rating) {
    Review shown;
    shown.rating = comment.rating->value;
    shown.best = comment.rating->best;
    post.rating = rating_of(shown);
  }
  post.text = comment.own_words ? *std::move(comment.own_words) : std::move(comment.text);
  post.reach = comment.reach;
  post.owner_reply = std::move(comment.reply);
  post.owner_reply_at = dates.time(comment.reply_date);
  post.by_brand = comment.by_owner;
  return post;
}

Post post_of(PageArticle article, PageReading& reading, UtcTime now, Post post) {
  const auto time = [&](const std::optional<std::string>& written) {
    return written ? formats::parse_date(*written, now, reading.language.value_or(""))
                   : std::nullopt;
  };
  post.url = reading.canonical_url ? canonical_or(*reading.canonical_url) : post.page_url;
  post.external_id = post.url;
  post.author = std::move(article.author);
  if (reading.language) post.language = reading.language;
  post.posted_at = time(article.date);
  post.posted_at_written = std::move(article.date);
  post.edited_at = time(article.edited);
  if (post.edited_at == post.posted_at) post.edited_at.reset();
  post.title = std::move(article.title);
  post.text = std::move(reading.text);
  return post;
}

// A review that the markup states is on the page as well, with the owner's answer, and there both
// look like comments. The markup may leave the answer out.
void drop_repeated(PageReading& reading) {
  std::erase_if(reading.comments, [&](PageComment& comment) {
    return std::any_of(reading.reviews.begin(), reading.reviews.end(), [&](Review& review) {
      if (says_the_same(comment.text, review.reply.value_or(""))) return true;
      if (!says_the_same(comment.text, review.body.value_or(""))) return false;
      if (!review.reply) {
        review.reply = std::move(comment.reply);
        review.reply_date = std::move(comment.reply_date);
      }
      return true;
    });
  });
}

Replies add_comments(PageReading& reading, const DateReading& dates, const Post& blank,
                     Extraction& out) {
  std::unordered_map<std::uint32_t, std::size_t> at;  // index by place
  for (std::size_t i = 0; i < reading.comments.size(); ++i)
    at.emplace(reading.comments[i].place, out.posts.size() + i);
  Replies replies;
  for (PageComment& comment : reading.comments) {
    ++out.items;
    const auto above = comment.answers == 0 ? at.end() : at.find(comment.answers);
    if (above != at.end()) replies.emplace_back(out.posts.size(), above->second);
    out.posts.push_back(post_of(std::move(comment), reading, dates, blank));
  }
  return replies;
}

// What a feed says is deleted and does not show again (RFC 6721 §4).
std::vector<DepartedPost> departed_from(Feed& feed) {
  std::set<std::string_view> shown;
  for (const FeedEntry& entry : feed.entries)
    if (entry.id) shown.insert(*entry.id);
  std::vector<DepartedPost> departed;
  for (DeletedEntry& deleted : feed.deleted)
    if (!shown.contains(deleted.id)) departed.push_back({std::move(deleted.id), deleted.when});
  return departed;
}

}  // namespace

Result<Extraction> posts_of_feed(const Page& page, const ExtractorSpec& spec, UtcTime now) {
  const auto content_type = find_header(page.headers, "content-type").value_or("");
  Result<Feed> feed = read_feed(page.body, page.url, content_type, now);
  if (!feed) return fail(std::move(feed).error());
  shorten(feed->language);
  if (feed->author) {
    shorten(feed->author->name);
    shorten(feed->author->email);
  }
  Extraction out;
  const Post blank = post_on(page, spec);
  settle_ids(*feed, blank.page_url);
  drop_earlier_revisions(*feed);
  out.departed = departed_from(*feed);
  out.posts.reserve(feed->entries.size());
  UnreadValues unread;
  for (FeedEntry& entry : feed->entries) {
    if (spec.want_links && entry.url) out.links.push_back(*entry.url);
    if (!spec.comment_feeds.empty() && entry.comments_feed)
      out.comment_feeds.push_back(*entry.comments_feed);
    Post post = post_of(std::move(entry), *feed, blank);
    if (post.text.empty() && !post.title) {  // a picture, a film: nobody said a word
      ++out.skipped;
      continue;
    }
    ++out.items;
    if (post.posted_at_written && !post.posted_at)
      unread.note({{"date", "the date of entry " + std::to_string(out.items) + " is no time: " +
                                quoted(*post.posted_at_written, longest_shown_value)}});
    out.posts.push_back(std::move(post));
  }
  unread.tell(out);
  out.items += feed->unread;
  out.left_out += feed->unread;
  if (feed->cut_short) {
    out.cut_short = true;
    ++out.items;
    ++out.left_out;
    add_drift(out,
              "the feed is cut short: it ends in its middle, and only the entries before that "
              "are whole");
  }
  out.begins = !spec.continued;
  out.rest = feed->rest;
  if (feed->next) out.next.push_back(*feed->next);
  for (HeaderLink& link : link_headers(page.headers, page.url)) {
    if (link.rel == "next") out.next.push_back(std::move(link.url));
  }
  return out;
}

Result<Extraction> posts_of_page(const Page& page, const ExtractorSpec& spec, UtcTime now) {
  PageWants wants;
  wants.comments = true;
  wants.article = spec.articles;
  wants.comment_feeds = spec.comment_feeds;
  Result<PageReading> reading = read_page(page.body, page.url, page.headers, wants);
  if (!reading) return fail(std::move(reading).error());
  shorten(reading->language);
  shorten(reading->title);
  Extraction out;
  if (reading->unread) out.drift.push_back(*std::move(reading->unread));
  if (reading->broken_markup) {
    ++out.items;
    ++out.left_out;
    out.notes.emplace_back(
        "a block of its JSON-LD was not read: it is broken, or cut off in its middle");
  }
  const Post blank = post_on(page, spec);
  drop_repeated(*reading);
  adopt_scales(reading->reviews, reading->aggregates);
  const DateReading dates = dates_of(*reading, now);
  settle_ids(reading->comments, blank.page_url);
  UnreadValues unread;
  out.posts.reserve(reading->reviews.size() + reading->comments.size());
  for (Review& review : reading->reviews) {
    std::vector<UnreadValue> without = unread_of(review, dates, ++out.items);
    Post post = post_of(std::move(review), *reading, dates, blank);
    if (!post.text.empty() || post.title || post.rating) {
      unread.note(std::move(without));
      out.posts.push_back(std::move(post));
    } else if (!without.empty()) {
      ++out.left_out;
      add_drift(out, without.front().what + "; there is nothing else in it");
    }
  }
  unread.tell(out);
  const Replies replies = add_comments(*reading, dates, blank, out);
  drop_shared_ids(out.posts,
                  reading->canonical_url ? canonical_or(*reading->canonical_url) : blank.page_url);
  const std::string identity = identity_address(reading->canonical_url, blank.page_url);
  for (Post& post : out.posts) post.page_url = identity;
  settle_replies(out.posts, replies);
  if (spec.articles && reading->article.stated && !reading->text.empty() &&
      reading->reviews.empty()) {
    ++out.items;
    PageArticle article = std::move(reading->article);
    out.posts.push_back(post_of(std::move(article), *reading, now, blank));
  }
  out.begins = !spec.continued && reading->previous.empty() && !reading->links_first;
  out.ends = reading->next.empty() && reading->numbered.empty();
  out.aggregates = std::move(reading->aggregates);
  out.feeds = std::move(reading->feeds);
  out.comment_feeds = std::move(reading->comment_feeds);
  if (spec.want_links) out.links = std::move(reading->links);
  if (spec.next_links) out.next = std::move(reading->next);
  return out;
}

Result<Extraction> links_of_sitemap(const Page& page) {
  Result<Sitemap> sitemap = read_sitemap(page.body, page.url);
  if (!sitemap) return fail(std::move(sitemap).error());
  Extraction out;
  out.items = sitemap->urls.size() + sitemap->sitemaps.size();
  for (SitemapUrl& url : sitemap->urls) out.links.push_back(std::move(url.loc));
  out.sitemaps = std::move(sitemap->sitemaps);
  if (sitemap->cut_short) {
    out.cut_short = true;
    add_drift(out,
              "the sitemap is cut short or damaged: only the addresses before its break are asked");
  }
  return out;
}

}  // namespace testigo::extract
