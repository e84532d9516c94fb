#include "store/identity.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>

#include "core/digest.h"
#include "core/list_address.h"
#include "store/evidence.h"
#include "store/former_id.h"
#include "store/post_places.h"
#include "text/words.h"

namespace testigo::store {

namespace {

// A text that shares less than half of its words with the known one is another's, where it is
// nameless or, said by the same author at the same time, stood on another page of its list; else a
// named author's text is the same post however much was edited.
constexpr double least_likeness = 0.5;

constexpr double same_words = 1.0;  // elsewhere; it may be read without its stars

// Comparing each with each ends here; beyond it, only equal texts are matched.
constexpr std::size_t max_comparisons = 20'000;

// Most posts are the first of their identity, which is then their key and needs no index beside it.
#define TESTIGO_HAS_IDENTITY(value)                                            \
  "id IN (SELECT id FROM post WHERE identity = " value                         \
  " AND identity <> key UNION ALL SELECT id FROM post WHERE identity = " value \
  " AND id = " TESTIGO_POST_WITH_KEY(value) ")"

using WordSet = std::vector<std::string>;  // sorted, each once

WordSet words_of(std::string_view text) {
  WordSet words = text::folded_words(text);
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

// How alike two texts are: shared words over all words (Dice's coefficient), in [0, 1].
double likeness(const WordSet& one, const WordSet& other) {
  if (one.empty() || other.empty()) return 0.0;
  WordSet shared;
  std::set_intersection(one.begin(), one.end(), other.begin(), other.end(),
                        std::back_inserter(shared));
  return 2.0 * static_cast<double>(shared.size()) / static_cast<double>(one.size() + other.size());
}

// Where a known post was last seen.
enum class Seen : std::uint8_t { elsewhere, on_this_list, on_this_page };

struct Known {
  PostId id;
  std::int64_t hash = 0;
  std::string text;
  Seen seen = Seen::elsewhere;
  bool taken = false;
};

// In a pass each page shows others of a list's posts: what was first seen since then has not moved.
constexpr std::chrono::hours longest_pass{12};

// What an import brings counts as seen on any page. A row of: request, list, collected_at.
Seen seen_at(const Rows& rows, int request, const Answer& answer) {
  if (!answer.request || rows.is_null(request) || rows.integer(request) == answer.request->value)
    return Seen::on_this_page;
  const bool may_have_moved = rows.time(request + 2) + longest_pass < answer.fetched_at;
  return may_have_moved && rows.integer(request + 1) == list_key(answer) ? Seen::on_this_list
                                                                         : Seen::elsewhere;
}

// Under either identity; those that were stored under the former one get the present one.
std::vector<Known> known_posts(Connection& c, PostId identity, std::optional<PostId> former,
                               const Answer& answer) {
  if (former)
    c.run("UPDATE post SET identity = ?1 WHERE " TESTIGO_HAS_IDENTITY("?2"), identity.value,
          former->value);
  std::vector<Known> known;
  Rows rows = c.query(
      "SELECT p.key, r.hash, r.text, l.request, l.list, p.collected_at FROM post p "
      "JOIN revision r ON r.id = p.revision LEFT JOIN listing l ON l.id = p.seen_in "
      "WHERE p." TESTIGO_HAS_IDENTITY("?1") " ORDER BY p.collected_at, p.key",
      identity.value);
  while (rows.step()) {
    known.push_back({PostId(rows.integer(0)), rows.integer(1), std::string(rows.text(2)),
                     seen_at(rows, 3, answer), false});
  }
  return known;
}

// The sightings of one page that share an identity.
class LookAlikes {
 public:
  LookAlikes(Connection& c, PostId identity, std::optional<PostId> former, const Answer& answer,
             std::vector<std::size_t> members)
      : c_(c),
        identity_(identity),
        sightings_(answer.posts),
        members_(std::move(members)),
        known_(known_posts(c, identity, former, answer)) {}

  void settle(Identities& found) {
    std::map<std::int64_t, std::size_t> first_with;  // this text
    std::vector<std::pair<std::size_t, std::size_t>> repeats;
    for (const std::size_t member : members_) {
      const auto [first, fresh] = first_with.emplace(hash_of(member), member);
      if (!fresh) repeats.emplace_back(member, first->second);
    }
    for (const auto& [repeat, first] : repeats) std::erase(members_, repeat);
    match_same_text(found.ids);
    match_similar(found.ids);
    for (const std::size_t member : members_) {
      found.ids[member] = new_id();
      found.are_new[member] = true;
    }
    for (const auto& [repeat, first] : repeats) found.ids[repeat] = found.ids[first];
  }

 private:
  [[nodiscard]] std::int64_t hash_of(std::size_t member) const {
    return sightings_[member].prepared->revision_hash;
  }

  void match(std::vector<PostId>& ids, std::size_t member, Known& known) {
    ids[member] = known.id;
    known.taken = true;
    std::erase(members_, member);
  }

  void match_same_text(std::vector<PostId>& ids) {
    for (const std::size_t member : std::vector(members_)) {
      const auto same = std::find_if(known_.begin(), known_.end(), [&](const Known& known) {
        return !known.taken && known.hash == hash_of(member);
      });
      if (same != known_.end()) match(ids, member, *same);
    }
  }

  void match_similar(std::vector<PostId>& ids) {
    if (known_.empty() || members_.size() * known_.size() > max_comparisons) return;
    std::vector<WordSet> known_words;
    for (const Known& known : known_) known_words.push_back(words_of(known.text));
    std::vector<std::tuple<double, std::size_t, std::size_t>> pairs;
    for (const std::size_t member : members_) {
      const Post& post = sightings_[member].post;
      const WordSet words = words_of(post.text);
      for (std::size_t i = 0; i < known_.size(); ++i) {
        const double alike = likeness(words, known_words[i]);
        if (!known_[i].taken && alike >= least_likeness_to(known_[i], post))
          pairs.emplace_back(-alike, member, i);
      }
    }
    std::sort(pairs.begin(), pairs.end());
    for (const auto& [ignored, member, i] : pairs) {
      const bool open = std::find(members_.begin(), members_.end(), member) != members_.end();
      if (open && !known_[i].taken) match(ids, member, known_[i]);
    }
  }

  static double least_likeness_to(const Known& known, const Post& post) {
    if (known.seen == Seen::on_this_page) return post.author ? 0.0 : least_likeness;
    const bool told_apart = post.author && post.posted_at;
    return known.seen == Seen::on_this_list && told_apart ? least_likeness : same_words;
  }

  PostId new_id() {
    for (;;) {
      const PostId id = next_ == 0
                            ? identity_
                            : PostId(key_of({show_key(identity_.value), std::to_string(next_)}));
      ++next_;
      if (!row_of(c_, id) || !c_.ok()) return id;
    }
  }

  Connection& c_;
  PostId identity_;
  std::span<const Sighting> sightings_;
  std::vector<std::size_t> members_;  // not yet settled
  std::vector<Known> known_;
  int next_ = 0;
};

// Whether a post is stored that has this id for being on that page, and says this or was said then.
bool is_stored_as(Connection& c, PostId former, const Sighting& sighting) {
  Rows rows = c.query(
      "SELECT g.url FROM post p JOIN revision r ON r.id = p.revision JOIN post_page g ON g.id = "
      "p.page WHERE p.id = " TESTIGO_POST_WITH_KEY("?1") " AND (r.hash = ?2 OR p.posted_at = ?3)",
      former, sighting.prepared->revision_hash, sighting.post.posted_at);
  return rows.step() && list_address(rows.text(0)) == list_address(sighting.post.page_url);
}

// `formerly`: the store has former ids.
PostId named(Connection& c, const Sighting& sighting, bool formerly) {
  const PostId id = post_id(sighting.post);
  const auto former = formerly ? former_id(sighting.post) : std::nullopt;
  const bool keeps_former = former && !row_of(c, id) && is_stored_as(c, *former, sighting);
  return keeps_former ? *former : id;
}

}  // namespace

Identities identify(Connection& c, const Answer& answer) {
  const std::vector<Sighting>& sightings = answer.posts;
  Identities found{std::vector<PostId>(sightings.size()),
                   std::vector<bool>(sightings.size(), false)};
  const bool formerly = has_former_ids(c);
  std::map<PostId, std::vector<std::size_t>> nameless;
  for (std::size_t i = 0; i < sightings.size(); ++i) {
    if (sightings[i].post.external_id)
      found.ids[i] = named(c, sightings[i], formerly);
    else
      nameless[post_id(sightings[i].post)].push_back(i);
  }
  for (auto& [identity, members] : nameless) {
    const auto former =
        formerly ? former_id(sightings[members.front()].post) : std::optional<PostId>();
    LookAlikes(c, identity, former, answer, std::move(members)).settle(found);
  }
  return found;
}

std::vector<std::optional<PostId>> identify_unnamed(Connection& c, const Answer& answer,
                                                    std::span<const PostId> named_ids) {
  if (answer.unnamed.empty()) return {};
  const bool formerly = has_former_ids(c);
  std::map<PostId, int> times;
  for (const PostId id : named_ids) ++times[id];
  for (const Sighting& sighting : answer.unnamed) ++times[post_id(sighting.post)];
  std::vector<std::optional<PostId>> ids;
  for (const Sighting& sighting : answer.unnamed) {
    const Post& post = sighting.post;
    const bool told_apart = post.author && post.posted_at_written && times[post_id(post)] == 1;
    if (post.external_id)
      ids.emplace_back(named(c, sighting, formerly));
    else
      ids.push_back(told_apart ? std::optional(post_id(post)) : std::nullopt);
  }
  return ids;
}

}  // namespace testigo::store
