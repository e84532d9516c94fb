#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/axis_shifts.h"
#include "app/clock.h"
#include "app/configuration.h"
#include "app/rule_book.h"
#include "core/result.h"
#include "store/reclassification.h"

namespace testigo::app {

struct ReclassifyTools {
  store::Store& store;
  const Configuration* configuration;  // names of brands; null: their ids
  const RuleBook& book;
  const Clock& clock;
  std::function<void(std::int64_t, std::int64_t)> progress;  // posts done and in all, or empty
  const std::atomic<bool>& stop;                             // set by a signal
};

struct ReclassifyOptions {
  std::optional<BrandId> brand;
  std::optional<Day> since, until;  // `until` is the day after the last one
};

using TagPair = std::pair<std::optional<Tag>, std::optional<Tag>>;  // before, after

// How often a rule speaks, on the axes that change, in mentions that get another tag or another
// value of shifted_axes.
struct RuleShift {
  std::int64_t gained = 0;      // it speaks now, and did not
  std::int64_t lost = 0;        // it spoke, and no longer does
  std::int64_t reweighed = 0;   // it weighs otherwise
  std::int64_t gained_tag = 0;  // of those gained, mentions that get another tag
};

struct TagExample {
  MentionId mention;
  BrandId brand;
  TagPair tags;
  std::string quote;
  std::vector<std::string> gained, lost;  // rules
};

// Polarities of what counts in shares.
struct PolarityCounts {
  std::int64_t positive = 0, negative = 0, classified = 0;
};
struct MonthShift {
  PolarityCounts before, after;
};

struct ReclassifyDiff {
  std::int64_t posts = 0;
  std::int64_t mentions = 0;
  std::int64_t changed = 0;    // get another tag
  std::int64_t corrected = 0;  // keep what a person said
  std::map<TagPair, std::int64_t> tags;
  AxisShifts axes;  // of the mentions that a person corrected, too
  std::map<std::string, RuleShift> rules;
  std::vector<TagExample> examples;                              // the first of each pair of tags
  std::map<std::pair<BrandId, std::string>, MonthShift> months;  // "2026-01"
};

// What judging the stored posts by the book's rules would change. Writes nothing.
[[nodiscard]] Result<ReclassifyDiff> reclassify_diff(const ReclassifyTools& tools,
                                                     const ReclassifyOptions& options);

struct ReclassifySummary {
  std::int64_t posts = 0;    // judged now
  std::int64_t changed = 0;  // mentions with another tag, as ReclassifyDiff counts them
  AxisShifts axes;           // likewise
  bool interrupted = false;  // the rest waits for the next call
};

// Judges the stored posts that these rules have not judged yet, in batches of one transaction each.
// Killed at any point, the next call does the rest.
[[nodiscard]] Result<ReclassifySummary> reclassify(const ReclassifyTools& tools,
                                                   const ReclassifyOptions& options);

// Judges again the posts in these rows, whoever judged them, in batches as above. How many mentions
// got another tag.
[[nodiscard]] Result<std::int64_t> judge_again(const ReclassifyTools& tools,
                                               std::span<const std::int64_t> rows);

// What the book's rules say of a mention that they judged; nothing where others did, or there is no
// such mention.
[[nodiscard]] Result<std::optional<store::BrandMention>> ruled_mention(const ReclassifyTools& tools,
                                                                       MentionId mention);

// How a post is read when it is tried: as it is, or with its questions as statements.
enum class Reading : std::uint8_t { as_it_is, as_statements };

struct TriedMention {
  Verdict verdict;  // of the whole post, with `why`
  store::BrandMention brand;
};
// What the book's rules say of a mention, whichever rules judged it last; nothing where there is no
// such mention.
[[nodiscard]] Result<std::optional<TriedMention>> try_mention(const ReclassifyTools& tools,
                                                              MentionId mention, Reading reading);

}  // namespace testigo::app
