#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/post.h"
#include "core/result.h"
#include "core/time.h"
#include "core/verdict.h"
#include "store/ingest.h"
#include "store/store.h"

namespace testigo::store {

// Judging stored posts again. Verdicts stay beside each other, one for each version of the rules
// (`v_verdicts`); a mention says which of them is its own. Posts are taken in order of their row's
// number, so that whoever is cut off asks for those that are left.

struct JudgedMention {
  MentionId id;
  BrandId brand;
  Day day;
  std::optional<Tag> tag;
  double score = 0.0;
  bool corrected = false;
  std::optional<Polarity> polarity;  // towards this brand
};

// The newest revision of a post, with what it was judged to be; nothing of that where its verdict
// was lost.
struct JudgedPost {
  std::int64_t row = 0;  // ascends
  std::int64_t revision = 0;
  Post post;             // source, title, text, rating, language, by_brand; author is a pseudonym
  bool is_copy = false;  // counted in no share
  std::int64_t rules = 0;
  std::optional<Act> act;
  std::vector<JudgedMention> mentions;
};

struct RejudgeFilter {
  std::optional<BrandId> brand;     // posts that mention it; of these, all mentions
  std::optional<Day> since, until;  // `until` is the day after the last one
  std::string rules;                // "sha256:…": without those judged by these already
};
// At most `limit` of them, after the row `after`.
[[nodiscard]] Result<std::vector<JudgedPost>> posts_to_judge(Store& store,
                                                             const RejudgeFilter& filter,
                                                             std::int64_t after, std::size_t limit);
// The one in this row, whoever judged it; nothing where it has no mention.
[[nodiscard]] Result<std::optional<JudgedPost>> post_to_judge(Store& store, std::int64_t row);
[[nodiscard]] Result<std::int64_t> count_posts_to_judge(Store& store, const RejudgeFilter& filter);

// Whether mentions were judged by several versions of the rules, so that counts mix them. Looked at
// are the ends and some between, where a rejudging that was cut off and new rules show, or with
// `each` all mentions.
[[nodiscard]] Result<bool> judged_by_several(Store& store, bool each);

// The post of a mention, if these rules, or any where none are said, were the last to judge it.
[[nodiscard]] Result<std::optional<JudgedPost>> post_judged_by(
    Store& store, MentionId mention, std::optional<std::string_view> rules);

// What a post was judged to be, with every reason.
[[nodiscard]] Result<Verdict> verdict_of(Store& store, const JudgedPost& post);

struct Rejudged {
  std::int64_t row = 0;
  std::int64_t revision = 0;
  Verdict verdict;                   // with `why`
  std::vector<BrandMention> brands;  // those of the post's mentions
};
// What the rules now say of a brand, but the tag that a person set.
[[nodiscard]] BrandMention as_it_stays(const JudgedMention& mention, BrandMention said);

// Stores verdicts by these rules in one transaction with sums and full text. A tag that a person
// set stays; a post that was edited meanwhile is left out, whoever edited it judged it. How many
// mentions got another tag.
[[nodiscard]] Result<std::int64_t> put_verdicts(Store& store, std::string_view rules,
                                                std::span<const Rejudged> posts, UtcTime now);

}  // namespace testigo::store
