#include "app/audits.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/digest.h"
#include "text/fold.h"

namespace testigo::app {
namespace {

constexpr std::array tags = {Tag::advocacy, Tag::complaint, Tag::mixed, Tag::question, Tag::other};

const insight::TagAccuracy* find(const std::vector<insight::TagAccuracy>& accuracy, Tag tag) {
  const auto known = std::find_if(accuracy.begin(), accuracy.end(),
                                  [&](const auto& one) { return one.tag == tag; });
  return known == accuracy.end() ? nullptr : &*known;
}

std::optional<insight::Estimate> corrected(const insight::Point& point, Tag tag,
                                           const std::vector<insight::TagAccuracy>& accuracy) {
  const insight::TagAccuracy* known = find(accuracy, tag);
  std::int64_t tagged = 0;
  for (const Tag one : tags) tagged += point.count(one);
  if (known == nullptr) return std::nullopt;
  return insight::corrected_share(point.count(tag), tagged, *known);
}

void correct(insight::Point& point, const std::vector<insight::TagAccuracy>& accuracy) {
  point.advocacy = corrected(point, Tag::advocacy, accuracy);
  point.complaint = corrected(point, Tag::complaint, accuracy);
}

// Without the quotation marks and blanks that a spreadsheet may put around it.
std::string_view trimmed(std::string_view cell) {
  const auto is_dress = [](char c) { return c == ' ' || c == '"' || c == '\r'; };
  while (!cell.empty() && is_dress(cell.front())) cell.remove_prefix(1);
  while (!cell.empty() && is_dress(cell.back())) cell.remove_suffix(1);
  return cell;
}

std::string_view take_cell(std::string_view& line) {
  const std::size_t end = std::min(line.find('\t'), line.size());
  const std::string_view cell = trimmed(line.substr(0, end));
  line.remove_prefix(std::min(end + 1, line.size()));
  return cell;
}

Result<Label> read_label(std::string_view line, const std::string& where) {
  Label label;
  const std::string_view audit = take_cell(line);
  const auto [end, error] = std::from_chars(audit.data(), audit.data() + audit.size(), label.audit);
  const auto mention = parse_key(take_cell(line));
  if (error != std::errc() || end != audit.data() + audit.size() || !mention)
    return fail(Errc::malformed, "does not begin with an audit's number and a mention's id", where);
  label.mention = MentionId(*mention);
  const std::string_view word = take_cell(line);
  label.tag = tag_of_word(word);
  if (!word.empty() && !label.tag)
    return fail(
        Errc::malformed,
        "\"" + std::string(word) + "\" is none of advocacy, complaint, mixed, question, other",
        where);
  return label;
}

}  // namespace

Result<std::vector<insight::TagAccuracy>> accuracy_of(store::Store& store, std::int64_t audit) {
  auto counts = store::audit_counts(store, audit);
  if (!counts) return fail(std::move(counts.error()));
  std::vector<insight::AuditStratum> strata;
  for (const store::AuditCounts& one : *counts)
    strata.push_back({one.tag, one.mentions, one.labels});
  return insight::tag_accuracy(strata);
}

void correct_shares(std::vector<insight::Series>& series,
                    const std::vector<insight::TagAccuracy>& accuracy) {
  for (insight::Series& one : series) {
    for (insight::Point& point : one.points) correct(point, accuracy);
    correct(one.total, accuracy);
  }
}

void correct_advocates(std::vector<insight::Voice>& voices, std::span<const BrandSums> sums,
                       const std::vector<insight::TagAccuracy>& accuracy) {
  const insight::TagAccuracy* known = find(accuracy, Tag::advocacy);
  std::vector<insight::TaggedCount> groups;
  for (const BrandSums& one : sums) {
    insight::TaggedCount& group = groups.emplace_back();
    group.count = one.count(Tag::advocacy);
    for (const Tag tag : tags) group.of += one.count(tag);
  }
  const auto parts = known != nullptr
                         ? insight::corrected_parts(groups, *known)
                         : std::vector<std::optional<insight::Estimate>>(groups.size());
  for (insight::Voice& voice : voices)
    for (std::size_t i = 0; i < sums.size(); ++i)
      if (sums[i].brand == voice.brand) voice.advocates = parts[i];
}

render::Rows label_table(std::int64_t audit, const std::vector<store::AuditItem>& items) {
  render::Rows rows{{"audit", "mention", "label", "source", "language", "title", "text"}, {}};
  for (const store::AuditItem& item : items)
    rows.rows.push_back(
        {audit, show_key(item.mention.value),
         item.label ? render::Value(std::string(to_string(*item.label))) : render::Value(),
         item.source.value, item.language, render::value_of(item.title), item.text});
  return rows;
}

Result<std::vector<Label>> read_labels(std::string_view file, std::string_view tsv) {
  std::vector<Label> labels;
  for (std::size_t number = 1; !tsv.empty(); ++number) {
    const std::size_t end = std::min(tsv.find('\n'), tsv.size());
    std::string_view line = tsv.substr(0, end);
    tsv.remove_prefix(std::min(end + 1, tsv.size()));
    if (trimmed(line).empty() || (number == 1 && trimmed(line).starts_with("audit"))) continue;
    auto label = read_label(line, std::string(file) + ":" + std::to_string(number));
    if (!label) return fail(std::move(label.error()));
    labels.push_back(*label);
  }
  return labels;
}

std::optional<Tag> tag_of_word(std::string_view word) {
  const std::string folded = text::fold(trimmed(word));
  for (const Tag tag : tags) {
    const std::string_view name = to_string(tag);
    if (folded == name || (folded.size() == 1 && folded[0] == name[0])) return tag;
  }
  return std::nullopt;
}

}  // namespace testigo::app
