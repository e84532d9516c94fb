#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/verdict.h"
#include "insight/audit.h"
#include "insight/share.h"
#include "insight/trend.h"
#include "render/rows.h"
#include "store/audits.h"

namespace testigo::app {

// How right the rules were in an audit's sample.
[[nodiscard]] Result<std::vector<insight::TagAccuracy>> accuracy_of(store::Store& store,
                                                                    std::int64_t audit);

// Puts the corrected shares of advocacy and complaint in place of those that the rules found; none
// where they cannot be corrected.
void correct_shares(std::vector<insight::Series>& series,
                    const std::vector<insight::TagAccuracy>& accuracy);

// The same of shares of advocacy among brands; `sums` are what the voices were made of.
void correct_advocates(std::vector<insight::Voice>& voices, std::span<const BrandSums> sums,
                       const std::vector<insight::TagAccuracy>& accuracy);

// A sample as a table for a spreadsheet: audit, mention, label, source, language, title, text. The
// rules' own tags are not in it.
[[nodiscard]] render::Rows label_table(std::int64_t audit,
                                       const std::vector<store::AuditItem>& items);

struct Label {
  std::int64_t audit = 0;
  MentionId mention;
  std::optional<Tag> tag;  // empty: not labelled
};
// Reads such a table back, tab-separated; only the first three columns are looked at, and a label
// may be a tag's first letter. Errc::malformed with "file:line".
[[nodiscard]] Result<std::vector<Label>> read_labels(std::string_view file, std::string_view tsv);

// "c", "Complaint" → complaint.
[[nodiscard]] std::optional<Tag> tag_of_word(std::string_view word);

}  // namespace testigo::app
