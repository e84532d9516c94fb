#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

namespace testigo::extract {

// What an author said, without what stands around it in a plain text: words of others that are
// quoted, signatures, "Read more", a machine's translation beside the original, marks for machines
// ("[[VIDEOID:4f1c]]") and the lines that feeds add. The phrases that tell are data:
// rules/shared/texts/*.tsv. What is cut here is still in the evidence.
class OwnWords {
 public:
  // A line of a table: kind, phrase, an example with what is cut in braces, one that stays whole,
  // provenance. "\n" in an example is a line break.
  struct Row {
    std::string kind;
    std::string phrase;  // folded
    std::string cut_example;
    std::string whole_example;
    std::string where;  // file:line
  };

  // Errc::malformed, at "file:line": a kind that there is not, no phrase, an example without
  // braces.
  [[nodiscard]] Result<void> add(std::string_view file, std::string_view bytes);
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

  // Linear in the text. One of nothing but another's words stays whole; what marks and feeds' lines
  // leave nothing of is empty.
  // `title` of what the text belongs to: "Continue reading Kettles" is known by it.
  [[nodiscard]] std::string of(std::string text, std::string_view title = {}) const;

 private:
  using Phrases = std::vector<std::string>;

  [[nodiscard]] std::size_t answered_at_front(std::string_view text) const;
  [[nodiscard]] std::size_t end_before_frame(std::string_view text) const;
  [[nodiscard]] bool ends_in_origin(std::string_view line) const;
  [[nodiscard]] std::size_t label_at_end(std::string_view line) const;
  [[nodiscard]] std::string without_translation(std::string text) const;
  [[nodiscard]] std::string without_tails(std::string text, std::string_view title) const;
  [[nodiscard]] std::size_t tail_at(std::string_view text, std::string_view title) const;

  std::vector<Row> rows_;
  std::bitset<256> begins_signature_;  // by the first byte of a folded phrase, as a small letter
  Phrases wrote_, headers_, forwarded_, signatures_, more_, origin_, labels_, answered_,
      translated_, original_;
};

}  // namespace testigo::extract
