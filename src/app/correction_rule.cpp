#include "app/correction_rule.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "classify/learnt_table.h"
#include "text/words.h"

namespace testigo::app {
namespace {

constexpr std::string_view weight = "3";  // the loudest that is given by hand: rules/README.md
constexpr std::size_t most_id_words = 6;
constexpr std::array<std::string_view, 3> languages = {"en", "es", "ro"};
constexpr std::string_view head =
    "# Rules that corrections were made into (testigo correct --rule).\n"
    "# id\taxis\tvalue\tweight\tpattern\tsupport\tprovenance\n";

// Ids are ASCII; folded words of the three languages are.
std::string slug_of(std::string_view pattern) {
  std::string slug;
  std::size_t used = 0;
  for (const std::string& word : text::folded_words(pattern)) {
    const bool is_ascii = std::all_of(word.begin(), word.end(),
                                      [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (!is_ascii || used++ == most_id_words) continue;
    slug += (slug.empty() ? "" : "-") + word;
  }
  return slug;
}

std::string without_controls(std::string_view text) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return out;
}

}  // namespace

Result<CorrectionRule> correction_rule(std::string_view folder, std::string_view language, Tag tag,
                                       std::string_view pattern, std::string_view person,
                                       UtcTime at) {
  if (std::find(languages.begin(), languages.end(), language) == languages.end())
    return fail(Errc::unsupported,
                "the text's language (" + std::string(language) + ") has no rules", "--rule");
  const std::string slug = slug_of(pattern);
  if (slug.empty() || without_controls(pattern) != pattern)
    return fail(Errc::malformed, "a pattern is words on one line, such as 'great idea to break'",
                "--rule");
  CorrectionRule rule;
  rule.id = std::string(language) + ".fix." + slug;
  rule.path = (std::filesystem::path(folder) / std::string(language) / "corrections.tsv").string();
  rule.line = rule.id + "\ttag\t" + std::string(to_string(tag)) + "\t" + std::string(weight) +
              "\t" + std::string(pattern) + "\t-\t" + without_controls(person) + ", " +
              to_iso8601(at).substr(0, 10);
  return rule;
}

Result<RuleChange> with_rule(std::vector<RuleFile> files, const CorrectionRule& rule) {
  const auto table = std::find_if(files.begin(), files.end(), [&](const RuleFile& file) {
    return std::filesystem::path(file.path) == std::filesystem::path(rule.path);
  });
  const std::string before = table == files.end() ? std::string(head) : table->bytes;
  auto lines = classify::table_lines(rule.line + "\n", rule.path);
  if (!lines) return fail(std::move(lines.error()));
  auto merged = classify::merge_table(before, rule.path, *lines, false);
  if (!merged) return fail(std::move(merged.error()));
  if (table == files.end())
    files.push_back({rule.path, merged->bytes, true});
  else
    table->bytes = merged->bytes;
  auto book = load_rule_book(std::move(files));
  if (!book) return fail(std::move(book.error()));
  return RuleChange{std::move(merged->bytes), merged->known > 0, std::move(*book)};
}

}  // namespace testigo::app
