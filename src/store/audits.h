#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "core/time.h"
#include "core/verdict.h"
#include "store/store.h"

namespace testigo::store {

// Audits: random samples of what shares count, for a person to label. `v_audits` shows them.

struct AuditScope {
  std::optional<BrandId> brand;
  std::optional<Day> since, until;  // `until` is the day after the last one
};

// Draws mentions that have a tag of the rules, as many of each tag as there are (then more of the
// others), and within a tag by source and language as they are in all. The same store, scope and
// seed draw the same. Errc::not_found where there is nothing to draw.
[[nodiscard]] Result<std::int64_t> draw_audit(Store& store, const AuditScope& scope,
                                              std::size_t sample, std::uint64_t seed, UtcTime now);

struct AuditInfo {
  std::int64_t id = 0;
  UtcTime at{};
  std::optional<BrandId> brand;
  std::int64_t items = 0, labelled = 0;
  bool rules_changed = false;  // the newest mention was judged by other rules
};
[[nodiscard]] Result<std::optional<AuditInfo>> find_audit(Store& store, std::int64_t id);
// The latest of the brand or, failing that, of all brands; `labelled` only with labels.
[[nodiscard]] Result<std::optional<AuditInfo>> latest_audit(Store& store,
                                                            const std::optional<BrandId>& brand,
                                                            bool labelled);

// The latest of any brand.
[[nodiscard]] Result<std::optional<AuditInfo>> latest_audit_of_any(Store& store, bool labelled);

struct AuditItem {
  MentionId mention;
  SourceId source;
  std::string language;
  std::optional<std::string> title;
  std::string text;
  std::optional<Tag> label;
};
// In the order in which they are to be labelled, which says nothing of their tags.
[[nodiscard]] Result<std::vector<AuditItem>> audit_items(Store& store, std::int64_t audit);

// What a person says; empty takes it back. Errc::not_found where the audit has no such mention.
[[nodiscard]] Result<void> label_audit(Store& store, std::int64_t audit, MentionId mention,
                                       std::optional<Tag> label, std::string_view person,
                                       UtcTime now);

// What the rules tagged so when the audit was drawn, and what its labels say of the sample.
struct AuditCounts {
  Tag tag = Tag::other;
  std::int64_t mentions = 0;
  std::array<std::int64_t, 5> labels{};  // by tag
};
[[nodiscard]] Result<std::vector<AuditCounts>> audit_counts(Store& store, std::int64_t audit);

}  // namespace testigo::store
