#include "store/copies.h"

#include <algorithm>
#include <utility>

#include "store/frontier_memory.h"
#include "store/post_places.h"

namespace testigo::store {

namespace {

constexpr std::int64_t copy_key_space = -1;  // of the known keys; watches count from 1

// Texts that do not resemble each other and yet meet at one key share a phrase that many use. Where
// one meets so many, the key says nothing: it is closed, and none is compared there again. With 5,
// texts put together from the same few sentences cost twice as much more.
constexpr std::size_t texts_of_a_phrase = 2;
constexpr std::int64_t closed = 0;  // beside the texts

// A text that is copied more often is found by these.
constexpr std::size_t most_texts_at_key = 8;

// So many texts are given their keys before these are saved, when a store is done anew.
constexpr std::size_t texts_between_saves = 50'000;

struct First {
  PostId id;
  UtcTime said_at{};
  std::int64_t source = 0;
  std::string page_url;
};

std::optional<First> read_first(Rows rows) {
  if (!rows.step()) return std::nullopt;
  return First{PostId(rows.integer(0)), rows.time(1), rows.integer(2), std::string(rows.text(3))};
}

std::optional<First> first_of_text(Connection& c, std::int64_t hash) {
  return read_first(
      c.query("SELECT p.key, p.said_at, p.source, g.url FROM post p "
              "JOIN post_page g ON g.id = p.page WHERE p.id IN " TESTIGO_POSTS_WITH_TEXT(
                  "= ?1") " ORDER BY p.said_at, p.key LIMIT 1",
              hash));
}

bool has_text(Connection& c, std::int64_t hash) {
  return c.integer("SELECT 1 WHERE EXISTS " TESTIGO_POSTS_WITH_TEXT("= ?1"), hash).has_value();
}

std::optional<std::int64_t> cluster_of(Connection& c, std::int64_t hash) {
  return c.integer("SELECT cluster FROM near_text WHERE text = ?1", hash);
}

// The original of a cluster, as last settled.
std::optional<First> first_of(Connection& c, std::int64_t cluster) {
  return read_first(
      c.query("SELECT p.key, p.said_at, p.source, g.url FROM near_cluster n "
              "JOIN post p ON p.id = " TESTIGO_POST_WITH_KEY(
                  "n.first") " JOIN post_page g ON g.id = p.page WHERE n.id = ?1",
              cluster));
}

// With nothing but the original of a text, so far.
std::int64_t add_cluster(Connection& c, std::int64_t hash) {
  const std::optional<First> first = first_of_text(c, hash);
  c.run("INSERT INTO near_cluster(first) VALUES(?1)",
        first ? std::optional(first->id) : std::nullopt);
  return c.last_insert_id();
}

std::vector<std::int64_t> texts_with(Connection& c, std::int64_t hash) {
  const auto cluster = cluster_of(c, hash);
  if (!cluster) return {hash};
  std::vector<std::int64_t> texts;
  Rows rows = c.query("SELECT text FROM near_text WHERE cluster = ?1 ORDER BY text", *cluster);
  while (rows.step()) texts.push_back(rows.integer(0));
  return texts;
}

// Any post's: they have the same words.
std::optional<std::string> text_of(Connection& c, std::int64_t hash) {
  return c.text(
      "SELECT r.text FROM post p JOIN revision r ON r.id = p.revision "
      "WHERE p.id = " TESTIGO_POSTS_WITH_TEXT("= ?1"),
      hash);
}

Copies::Words words_of(std::int64_t hash, std::string_view text) {
  return {hash, text::copy_keys(text), text};
}

// What a key leads to: a text by the upper half of its hash, and its sketch.
constexpr std::int64_t lower_half = 0xffffffff;

std::int64_t entry_of(const Copies::Words& words) {
  return (*words.hash & ~lower_half) | std::int64_t{words.keys->sketch};
}

bool has(const std::vector<std::int64_t>& entries, std::int64_t entry) {
  return std::find(entries.begin(), entries.end(), entry) != entries.end();
}

// One text with others, each at most once.
class Comparison {
 public:
  enum class Outcome : std::uint8_t { alike, unlike, gone };

  Comparison(Connection& c, const Copies::Words& words) : c_(c), words_(words) {}

  Outcome with(std::int64_t entry) {
    const auto done = std::find_if(done_.begin(), done_.end(),
                                   [&](const auto& one) { return one.first == entry; });
    if (done != done_.end()) return done->second;
    return done_.emplace_back(entry, compare(entry)).second;
  }

  [[nodiscard]] const std::vector<std::int64_t>& alike() const { return alike_; }

 private:
  Outcome compare(std::int64_t entry) {
    const auto sketch = static_cast<std::uint32_t>(entry & lower_half);
    if (!text::may_resemble(words_.keys->sketch, sketch)) return Outcome::unlike;
    Rows other = c_.query(
        "SELECT p.copy_hash, r.text FROM post p JOIN revision r ON r.id = p.revision WHERE p.id = "
        "(SELECT post FROM (SELECT * FROM post_text_late WHERE text BETWEEN ?1 AND ?2 "
        "UNION ALL SELECT * FROM post_text WHERE text BETWEEN ?1 AND ?2 ORDER BY text LIMIT 1))",
        entry & ~lower_half, entry | lower_half);
    if (!other.step()) return Outcome::gone;
    if (!comparer_) comparer_.emplace(words_.text);
    if (!comparer_->resembles(other.text(1))) return Outcome::unlike;
    alike_.push_back(other.integer(0));
    return Outcome::alike;
  }

  Connection& c_;
  const Copies::Words& words_;
  std::optional<text::CopyComparer> comparer_;
  std::vector<std::pair<std::int64_t, Outcome>> done_;
  std::vector<std::int64_t> alike_;
};

}  // namespace

Copies::Copies(Connection& c, RollupChanges& rollups) : c_(c), rollups_(rollups) {
  const auto are_missing =
      c.integer("SELECT NOT EXISTS (SELECT 1 FROM setting WHERE name = 'copies_joined')");
  if (are_missing == 1) rebuild();
}

// A new post.

std::optional<PostId> Copies::original_of(const Newcomer& post, const Words& words) {
  if (!words.hash) return std::nullopt;
  bool changes_others = false;
  if (may_be_known(words) && has_text(c_, *words.hash))
    give_cluster(*words.hash);
  else
    changes_others = join(words);
  const auto cluster = cluster_of(c_, *words.hash);
  if (!cluster) return std::nullopt;
  const std::optional<First> first = first_of(c_, *cluster);
  const bool is_first =
      !first || std::pair(post.said_at, post.id) < std::pair(first->said_at, first->id);
  if (is_first || changes_others) unsettled_.push_back(*words.hash);
  if (is_first || (first->source == post.source && first->page_url == post.page_url))
    return std::nullopt;
  return first->id;
}

// Whether a text may be a stored one's: a text with keys lies at each of them, but where there are
// too many.
bool Copies::may_be_known(const Words& words) {
  if (!words.keys) return true;
  KnownKeys& known = c_.frontier().known_keys();
  for (const std::int64_t key : words.keys->keys) {
    const std::vector<std::int64_t> entries = known.all_at(c_, copy_key_space, key);
    if (has(entries, entry_of(words))) return true;
    if (!has(entries, closed) && entries.size() < most_texts_at_key) return false;
  }
  return true;
}

// Brings a text together with those that it resembles. Whether these were apart until now.
bool Copies::join(const Words& words) {
  if (!words.keys) return false;
  return unite(*words.hash, resembling(words));
}

// Which of its posts is the first is then known without a look at each of them.
void Copies::give_cluster(std::int64_t hash) {
  if (cluster_of(c_, hash)) return;
  c_.run("INSERT INTO near_text(text, cluster) VALUES(?1, ?2)", hash, add_cluster(c_, hash));
}

std::vector<std::int64_t> Copies::resembling(const Words& words) {
  KnownKeys& known = c_.frontier().known_keys();
  Comparison comparison(c_, words);
  const std::int64_t own = entry_of(words);
  for (const std::int64_t key : words.keys->keys) {
    const std::vector<std::int64_t> entries = known.all_at(c_, copy_key_space, key);
    if (has(entries, closed)) continue;
    std::size_t alike = 0;
    std::size_t unlike = 0;
    for (const std::int64_t entry : entries) {
      if (entry == own) continue;
      const auto outcome = comparison.with(entry);
      if (outcome == Comparison::Outcome::alike) ++alike;
      if (outcome == Comparison::Outcome::unlike) ++unlike;
    }
    if (alike == 0 && unlike >= texts_of_a_phrase)
      known.add({copy_key_space, key, closed});
    else if (entries.size() < most_texts_at_key && !has(entries, own))
      known.add({copy_key_space, key, own});
  }
  return comparison.alike();
}

bool Copies::unite(std::int64_t hash, const std::vector<std::int64_t>& alike) {
  if (alike.empty()) return false;
  std::vector<std::int64_t> single;  // in no cluster yet
  std::vector<std::int64_t> clusters;
  for (const std::int64_t text : alike) {
    const auto cluster = cluster_of(c_, text);
    if (!cluster)
      single.push_back(text);
    else if (std::find(clusters.begin(), clusters.end(), *cluster) == clusters.end())
      clusters.push_back(*cluster);
  }
  const bool were_apart = single.size() + clusters.size() > 1;
  if (const auto own = cluster_of(c_, hash); !own)
    single.push_back(hash);
  else if (std::find(clusters.begin(), clusters.end(), *own) == clusters.end())
    clusters.push_back(*own);
  if (clusters.empty()) clusters.push_back(add_cluster(c_, alike.front()));
  for (const std::int64_t text : single)
    c_.run("INSERT INTO near_text(text, cluster) VALUES(?1, ?2)", text, clusters.front());
  for (std::size_t i = 1; i < clusters.size(); ++i) {
    c_.run("UPDATE near_text SET cluster = ?2 WHERE cluster = ?1", clusters[i], clusters.front());
    c_.run("DELETE FROM near_cluster WHERE id = ?1", clusters[i]);
  }
  return were_apart;
}

// A post that changed or went.

void Copies::change(std::optional<std::int64_t> from, const Words& to) {
  if (from && from != to.hash) leave(*from);
  if (!to.hash) return;
  if (from != to.hash) join(to);
  unsettled_.push_back(*to.hash);
}

// The text may have gone with its last post, and others have resembled each other through it only.
void Copies::leave(std::int64_t hash) {
  const auto cluster = cluster_of(c_, hash);
  if (!cluster || has_text(c_, hash)) {
    unsettled_.push_back(hash);
    return;
  }
  const std::vector<std::int64_t> texts = texts_with(c_, hash);
  c_.run("DELETE FROM near_text WHERE cluster = ?1", *cluster);
  c_.run("DELETE FROM near_cluster WHERE id = ?1", *cluster);
  for (const std::int64_t text : texts) {
    const auto words = text_of(c_, text);
    if (!words) continue;
    join(words_of(text, *words));
    unsettled_.push_back(text);
  }
}

void Copies::forget(const Words& gone) {
  if (!gone.hash || !gone.keys || has_text(c_, *gone.hash)) return;
  for (const std::int64_t key : gone.keys->keys)
    c_.frontier().known_keys().remove(c_, {copy_key_space, key, entry_of(gone)});
}

void Copies::finish() {
  std::unordered_set<std::int64_t> settled;
  for (const std::int64_t hash : std::exchange(unsettled_, {})) {
    if (settled.contains(hash)) continue;
    for (const std::int64_t text : texts_with(c_, hash)) settled.insert(text);
    settle(hash);
  }
}

void Copies::settle(std::int64_t hash) {
  struct Member {
    UtcTime said_at{};
    PostId key;
    std::int64_t row = 0;
    std::int64_t source = 0;
    std::string page_url;
    std::optional<std::int64_t> copy_of;
  };
  std::vector<Member> members;
  for (const std::int64_t text : texts_with(c_, hash)) {
    Rows rows = c_.query(
        "SELECT p.said_at, p.key, p.id, p.source, g.url, p.copy_of FROM post p "
        "JOIN post_page g ON g.id = p.page WHERE p.id IN " TESTIGO_POSTS_WITH_TEXT(
            "= ?1") " ORDER BY p.said_at, p.key",
        text);
    while (rows.step()) {
      members.push_back({rows.time(0), PostId(rows.integer(1)), rows.integer(2), rows.integer(3),
                         std::string(rows.text(4)), rows.maybe_integer(5)});
    }
  }
  if (members.empty()) return;
  const Member first =
      *std::min_element(members.begin(), members.end(), [](const Member& a, const Member& b) {
        return std::pair(a.said_at, a.key) < std::pair(b.said_at, b.key);
      });
  if (const auto cluster = cluster_of(c_, hash))
    c_.run("UPDATE near_cluster SET first = ?2 WHERE id = ?1", *cluster, first.key);
  for (const Member& member : members) {
    const bool elsewhere = member.source != first.source || member.page_url != first.page_url;
    const std::optional<std::int64_t> copy_of =
        elsewhere ? std::optional(first.key.value) : std::nullopt;
    if (copy_of == member.copy_of) continue;
    rollups_.take_all(c_, member.row);
    c_.run("UPDATE post SET copy_of = ?2 WHERE id = ?1", member.row, copy_of);
    rollups_.add_all(c_, member.row);
  }
}

// All posts.

void Copies::rebuild() {
  KnownKeys& known = c_.frontier().known_keys();
  known.forget(c_, copy_key_space);
  const std::unordered_set<std::int64_t> loose = loosen();
  // As they came: which keys are closed hangs on it.
  Rows texts = c_.query(
      "SELECT copy_hash, count(*) FROM post WHERE copy_hash IS NOT NULL "
      "GROUP BY copy_hash ORDER BY min(id)");
  for (std::size_t done = 1; texts.step(); ++done) {
    const std::int64_t hash = texts.integer(0);
    if (const auto text = text_of(c_, hash)) join_loose(words_of(hash, *text), loose);
    if (texts.integer(1) > 1) give_cluster(hash);
    unsettled_.push_back(hash);
    if (done % texts_between_saves == 0) known.save(c_);
  }
  finish();
  c_.run("INSERT OR REPLACE INTO setting VALUES('copies_joined', 1)");
}

// Takes clusters apart that are not whole. The texts that are in none, and may belong into one.
std::unordered_set<std::int64_t> Copies::loosen() {
  const bool never_joined =
      c_.integer("SELECT NOT EXISTS (SELECT 1 FROM setting WHERE name = 'copies_joined')") == 1;
  std::unordered_set<std::int64_t> loose;
  {
    Rows rows = c_.query(
        "SELECT text FROM near_text WHERE ?1 OR cluster NOT IN (SELECT id FROM near_cluster) "
        "OR cluster IN (SELECT cluster FROM near_text "
        "WHERE NOT EXISTS " TESTIGO_POSTS_WITH_TEXT("= near_text.text") ") UNION "
        "SELECT copy_hash FROM post WHERE copy_hash IS NOT NULL AND ?1 UNION "
        // A copy and its original, of which one was lost.
        "SELECT iif(x.column1, p.copy_hash, o.copy_hash) AS hash FROM post p "
        "JOIN post o ON o.id = " TESTIGO_POST_WITH_KEY("p.copy_of") " JOIN (VALUES (0), (1)) x "
        "WHERE p.copy_hash <> o.copy_hash AND hash NOT IN (SELECT text FROM near_text)",
        never_joined);
    while (rows.step()) loose.insert(rows.integer(0));
  }
  for (const std::int64_t text : loose) c_.run("DELETE FROM near_text WHERE text = ?1", text);
  c_.run("DELETE FROM near_cluster WHERE id NOT IN (SELECT cluster FROM near_text)");
  return loose;
}

// Texts that keep their clusters bring no others together: whether they met hung on what there was
// when they came, and on what they said then.
void Copies::join_loose(const Words& words, const std::unordered_set<std::int64_t>& loose) {
  if (!words.keys) return;
  std::vector<std::int64_t> alike = resembling(words);
  if (!loose.contains(*words.hash))
    std::erase_if(alike, [&](std::int64_t text) { return !loose.contains(text); });
  unite(*words.hash, alike);
}

}  // namespace testigo::store
