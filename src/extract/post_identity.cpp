#include "extract/post_identity.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/list_address.h"
#include "extract/plain.h"
#include "formats/canonical_url.h"
#include "formats/url.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

struct Place {
  std::string list;      // address of the list that it stands in
  std::string fragment;  // "#…"
};

// Where a link leads; nothing where it names no place on a page.
std::optional<Place> place_of(const std::optional<std::string>& url, std::string_view page_url) {
  const auto absolute = url ? absolute_url(*url, page_url) : std::nullopt;
  const std::size_t hash = absolute ? absolute->find('#') : std::string::npos;
  if (hash == std::string::npos || hash + 1 == absolute->size()) return std::nullopt;
  const auto page =
      formats::canonical_url(absolute->substr(0, hash), formats::TrackingParameters());
  if (!page) return std::nullopt;
  return Place{list_address(*page), absolute->substr(hash)};
}

std::string_view last_number(std::string_view id) {
  std::size_t begin = id.size();
  while (begin > 0 && id[begin - 1] >= '0' && id[begin - 1] <= '9') --begin;
  return id.substr(begin);
}

// A link may be to anything; to the contribution itself it has its id or the number of it.
bool is_of_item(const Place& link, std::string_view id) {
  return link.fragment == id ||
         (!last_number(id).empty() && last_number(link.fragment) == last_number(id));
}

// Where a link leads to the contribution itself by an address of its own: "/threads/9/post-3" of
// "#js-post-3", "/t/kettles/9/3" of "#post_3".
std::optional<std::string> own_address(const std::optional<std::string>& url, std::string_view id,
                                       std::string_view page_url) {
  const auto absolute = url ? absolute_url(*url, page_url) : std::nullopt;
  if (!absolute) return std::nullopt;
  const auto address =
      formats::canonical_url(without_fragment(*absolute), formats::TrackingParameters());
  if (!address || list_address(*address) == list_address(page_url)) return std::nullopt;
  const std::string_view end =
      std::string_view(*address).substr(0, address->size() - (address->ends_with('/') ? 1 : 0));
  const std::string_view number = last_number(id);
  if (number.empty() || last_number(end) != number) return std::nullopt;
  return *address;
}

std::optional<std::string> identity_of(const PageComment& comment, std::string_view page_url) {
  if (!comment.id || !comment.id->starts_with('#')) return comment.id;
  auto link = place_of(comment.url, page_url);
  if (link && !is_of_item(*link, *comment.id)) link.reset();
  if (link && link->list != list_address(page_url)) return link->list + link->fragment;
  if (!link && is_small_number(comment.id->substr(1)))
    return own_address(comment.url, *comment.id, page_url);
  return comment.id;
}

// Words as people write them: "world", "World", "WORLD", "2026".
bool is_plain_word(std::string_view word) {
  constexpr std::size_t longest = 24;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (std::all_of(word.begin(), word.end(), is_digit)) return true;
  return word.size() <= longest && std::none_of(word.begin(), word.end(), is_digit) &&
         (std::none_of(word.begin() + 1, word.end(), is_upper) ||
          std::all_of(word.begin(), word.end(), is_upper));
}

// Whether an id is made of words and numbers alone ("hello-world", "post-17", "3.5"), which another
// feed may give as well. Addresses, paths, hosts, names ("yt:video:…") and what machines draw
// ("5d420f3abfe6", "t3_1abc2d") it does not.
bool is_of_words(std::string_view id) {
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  for (std::size_t begin = 0; begin < id.size();) {
    const std::size_t end = std::min(id.find_first_of(" -_#.,'", begin), id.size());
    const std::string_view word = id.substr(begin, end - begin);
    if (word.find_first_of(":/@?&=%+") != std::string_view::npos) return false;
    if (!word.empty() && !is_plain_word(word)) return false;
    const bool is_host = end + 1 < id.size() && id[end] == '.' && is_letter(id[end + 1]);
    if (is_host) return false;
    begin = end + 1;
  }
  return true;
}

std::string of_feed(std::string id, std::string_view feed_url) {
  return is_bare_number(id) || is_of_words(id) ? list_address(feed_url) + "#" + id : std::move(id);
}

// An id that another feed of the site may give as well: "1", "entries/1", not "/2026/entry" and
// what machines draw.
bool is_part_of_address(const FeedEntry& entry) {
  if (!entry.id || !entry.written_id || entry.id == entry.url) return false;
  const std::string_view written = *entry.written_id;
  const bool steps = written.find('/') != std::string_view::npos && !written.starts_with('/');
  return steps || is_bare_number(written) || is_of_words(written);
}

// Ids that stand on entries with different links.
std::unordered_set<std::string> repeated_ids(const Feed& feed) {
  std::unordered_map<std::string_view, std::string_view> link_of;
  std::unordered_set<std::string> repeated;
  for (const FeedEntry& entry : feed.entries) {
    if (!entry.id || !entry.url) continue;
    const auto [first, fresh] = link_of.emplace(*entry.id, *entry.url);
    if (!fresh && first->second != *entry.url) repeated.insert(*entry.id);
  }
  return repeated;
}

// What answers a comment names its address; made its id, that of the entry at this address, or the
// answer's own with the other's number.
void settle_answered(Feed& feed) {
  constexpr std::string_view mark = "#comment-";
  std::unordered_map<std::string, std::string> id_at;
  for (const FeedEntry& entry : feed.entries)
    if (entry.id && entry.url) id_at.emplace(*entry.url, *entry.id);
  for (FeedEntry& entry : feed.entries) {
    const std::size_t hash = entry.in_reply_to ? entry.in_reply_to->rfind(mark) : std::string::npos;
    if (hash == std::string::npos) continue;
    const auto found = id_at.find(*entry.in_reply_to);
    const std::size_t own = entry.id ? entry.id->rfind(mark) : std::string::npos;
    if (found != id_at.end())
      entry.in_reply_to = found->second;
    else if (own != std::string::npos)
      entry.in_reply_to = entry.id->substr(0, own) + entry.in_reply_to->substr(hash);
  }
}

bool says_other_words(const FeedEntry& one, const FeedEntry& other) {
  return one.title != other.title || one.summary != other.summary || one.content != other.content;
}

// RFC 4287 §4.1.1: a feed may hold several revisions of an entry, which differ in their time.
bool is_revision(const FeedEntry& one, const FeedEntry& other) {
  return one.updated && other.updated && one.updated != other.updated;
}

// Ids that stand on entries with different words that are no revisions of each other.
std::unordered_set<std::string> shared_ids(const Feed& feed) {
  std::unordered_map<std::string_view, const FeedEntry*> first_with;
  std::unordered_set<std::string> shared;
  for (const FeedEntry& entry : feed.entries) {
    if (!entry.id) continue;
    const auto [first, fresh] = first_with.emplace(*entry.id, &entry);
    const FeedEntry& other = *first->second;
    if (!fresh && says_other_words(entry, other) && !is_revision(entry, other))
      shared.insert(*entry.id);
  }
  return shared;
}

// Links that stand on entries without ids and with different words: to a front page, say.
std::unordered_set<std::string> shared_links(const Feed& feed) {
  std::unordered_map<std::string_view, const FeedEntry*> first_with;
  std::unordered_set<std::string> shared;
  for (const FeedEntry& entry : feed.entries) {
    if (entry.id || !entry.url) continue;
    const auto [first, fresh] = first_with.emplace(*entry.url, &entry);
    const FeedEntry& other = *first->second;
    if (!fresh && says_other_words(entry, other)) shared.insert(*entry.url);
  }
  return shared;
}

// Letter case and a slash at the end are of no account to most servers.
bool is_same_path(std::string_view one, std::string_view other) {
  const auto bare = [](std::string_view path) {
    return path.substr(0, path.size() - (path.ends_with('/') ? 1 : 0));
  };
  return text::equal_ignoring_case(bare(one), bare(other));
}

void let_answer(Post& reply, const Post& above) {
  reply.parent = above.external_id;
  reply.answered.reset();
  if (!above.external_id) reply.answered = {above.author, above.posted_at_written, above.item};
}

}  // namespace

void settle_ids(std::vector<PageComment>& comments, std::string_view page_url) {
  std::unordered_map<std::string, std::optional<std::string>> settled;
  for (PageComment& comment : comments) {
    if (!comment.id) continue;
    auto identity = identity_of(comment, page_url);
    settled.emplace(*comment.id, identity);
    comment.id = std::move(identity);
  }
  for (PageComment& comment : comments) {
    if (!comment.parent) continue;
    const auto parent = settled.find(*comment.parent);
    if (parent != settled.end()) comment.parent = parent->second;
  }
}

void settle_ids(Feed& feed, std::string_view feed_url) {
  settle_answered(feed);
  const std::unordered_set<std::string> repeated = repeated_ids(feed);
  const std::unordered_set<std::string> shared = shared_ids(feed);
  const std::unordered_set<std::string> links = shared_links(feed);
  for (FeedEntry& entry : feed.entries) {
    if (is_part_of_address(entry)) entry.id = list_address(feed_url) + "#" + *entry.id;
    if (entry.id && entry.url && repeated.contains(*entry.id))
      entry.id = entry.url;
    else if (entry.id && shared.contains(*entry.id))
      entry.id.reset();
    else if (entry.id)
      entry.id = of_feed(*std::move(entry.id), feed_url);
    else if (entry.url && !links.contains(*entry.url))
      entry.id = entry.url;
    if (entry.in_reply_to) entry.in_reply_to = of_feed(*std::move(entry.in_reply_to), feed_url);
  }
  for (DeletedEntry& deleted : feed.deleted) deleted.id = of_feed(std::move(deleted.id), feed_url);
}

std::string identity_address(const std::optional<std::string>& stated, std::string page_url) {
  if (!stated) return page_url;
  const auto canonical = formats::canonical_url(*stated, formats::TrackingParameters());
  const auto named = canonical ? formats::parse_url(*canonical) : fail(canonical.error());
  const auto page = formats::parse_url(page_url);
  if (!named || !page || named->host != page->host) return page_url;
  return is_same_path(named->path, page->path) ? *canonical : page_url;
}

void drop_earlier_revisions(Feed& feed) {
  std::unordered_map<std::string, UtcTime> latest;
  for (const FeedEntry& entry : feed.entries) {
    if (!entry.id || !entry.updated) continue;
    const auto [known, fresh] = latest.emplace(*entry.id, *entry.updated);
    if (!fresh) known->second = std::max(known->second, *entry.updated);
  }
  std::erase_if(feed.entries, [&](const FeedEntry& entry) {
    return entry.id && entry.updated && *entry.updated < latest.at(*entry.id);
  });
}

void drop_shared_ids(std::vector<Post>& posts, std::string_view page_address) {
  std::unordered_map<std::string, std::string_view> words_of;
  std::unordered_set<std::string> shared = {std::string(page_address)};
  for (const Post& post : posts) {
    if (!post.external_id) continue;
    const auto [first, fresh] = words_of.emplace(*post.external_id, post.text);
    if (!fresh && first->second != post.text) shared.insert(*post.external_id);
  }
  std::unordered_map<std::string, std::vector<std::size_t>> had;  // who had a shared id
  for (std::size_t i = 0; i < posts.size(); ++i) {
    if (!posts[i].external_id || !shared.contains(*posts[i].external_id)) continue;
    had[*std::exchange(posts[i].external_id, std::nullopt)].push_back(i);
  }
  for (Post& post : posts) {
    const auto above = post.parent ? had.find(*post.parent) : had.end();
    if (above == had.end()) continue;
    post.parent.reset();
    if (above->second.size() == 1) let_answer(post, posts[above->second.front()]);
  }
}

void settle_replies(std::vector<Post>& posts, const Replies& replies) {
  for (const auto& [reply, above] : replies)
    if (reply != above) let_answer(posts[reply], posts[above]);
  std::unordered_map<std::int64_t, int> nameless;  // posts of each id
  for (const Post& post : posts)
    if (!post.external_id) ++nameless[post_id(post).value];
  for (Post& post : posts)
    if (post.answered && nameless[parent_id(post)->value] > 1) post.answered.reset();
}

}  // namespace testigo::extract
