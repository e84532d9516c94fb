#include "app/new_phrases.h"

#include <algorithm>
#include <set>

#include "store/read.h"
#include "text/words.h"

namespace testigo::app {
namespace {

using insight::PhraseText;

constexpr std::size_t most_words = 400;  // of a text, as the brief reads it
// About a phrase in its quote: what stands before it must leave it in sight where a table is
// narrow.
constexpr std::size_t context_before = 24;
constexpr std::size_t context_after = 120;

// Only blanks and hyphens stand between two words of a phrase.
bool is_joint(std::string_view between) {
  return between.find_first_not_of(" \t\r\n-'") == std::string_view::npos;
}

class PhraseReader {
 public:
  PhraseReader(const AskingWords& words, const PhraseRequest& request)
      : words_(words), request_(request) {
    for (std::string& word : text::folded_words(request.brand_name)) names_.insert(std::move(word));
  }

  [[nodiscard]] PhraseText read(const store::MentionRow& row) const {
    PhraseText made;
    made.speaker = row.author.value_or("mention " + std::to_string(row.id.value));
    auto words = text::words(row.text);
    words.resize(std::min(words.size(), most_words));
    std::size_t end = 0;
    for (text::Word& word : words) {
      const bool stop = word.folded.size() < 2 || names_.contains(word.folded) ||
                        words_.is_stop(word.folded, row.language);
      const bool breaks = !is_joint(std::string_view(row.text).substr(end, word.begin - end));
      end = word.end;
      made.words.push_back({std::move(word.folded), stop, breaks});
    }
    return made;
  }

  [[nodiscard]] insight::QuotedPhrase quote(const insight::NewPhrase& phrase,
                                            const store::MentionRow& row) const {
    insight::QuotedPhrase quoted{phrase, phrase.words, {}};
    quoted.quote = {row.id,
                    row.text,
                    row.language,
                    row.source,
                    row.url,
                    row.evidence,
                    text::day_of(row.posted_at.value_or(row.collected_at), request_.zone)};
    const auto wanted = text::folded_words(phrase.words);
    const auto words = text::words(row.text);
    const auto at = std::search(
        words.begin(), words.end(), wanted.begin(), wanted.end(),
        [](const text::Word& word, const std::string& folded) { return word.folded == folded; });
    if (at == words.end()) return quoted;
    const std::size_t last = (at + static_cast<std::ptrdiff_t>(wanted.size()) - 1)->end;
    quoted.written = row.text.substr(at->begin, last - at->begin);
    quoted.quote.text = surroundings(row.text, words, at->begin, last);
    return quoted;
  }

 private:
  // Whole words about [begin, end), "…" where something is left out.
  static std::string surroundings(const std::string& text, const std::vector<text::Word>& words,
                                  std::size_t begin, std::size_t end) {
    std::size_t from = begin, to = end;
    for (const text::Word& word : words) {
      if (word.begin + context_before >= begin) from = std::min(from, word.begin);
      if (word.end <= end + context_after) to = std::max(to, word.end);
    }
    const bool whole_begin = words.front().begin == from, whole_end = words.back().end == to;
    if (whole_begin) from = 0;
    if (whole_end) to = text.size();
    return (whole_begin ? "" : "…") + text.substr(from, to - from) + (whole_end ? "" : "…");
  }

  const AskingWords& words_;
  const PhraseRequest& request_;
  std::set<std::string> names_;
};

Result<std::vector<store::MentionRow>> mentions_in(store::Store& store,
                                                   const PhraseRequest& request,
                                                   const insight::DayRange& window) {
  store::MentionFilter filter;
  filter.brand = request.brand;
  filter.since = window.first;
  filter.until = Day{window.last.days + std::chrono::days(1)};
  filter.shares_only = true;
  filter.limit = most_phrase_texts;
  if (request.source) filter.query = "source:\"" + request.source->value + "\"";
  return store::mentions(store, filter);
}

}  // namespace

Result<std::vector<insight::QuotedPhrase>> quoted_phrases(store::Store& store,
                                                          const AskingWords& words,
                                                          const PhraseRequest& request) {
  auto rows = mentions_in(store, request, request.window);
  if (!rows) return fail(std::move(rows.error()));
  auto earlier = mentions_in(store, request, insight::previous_window(request.window));
  if (!earlier) return fail(std::move(earlier.error()));
  const PhraseReader reader(words, request);
  std::vector<PhraseText> now, before;
  for (const store::MentionRow& row : *rows) now.push_back(reader.read(row));
  for (const store::MentionRow& row : *earlier) before.push_back(reader.read(row));
  std::vector<insight::QuotedPhrase> quoted;
  for (const insight::NewPhrase& phrase : insight::new_phrases(now, before))
    quoted.push_back(reader.quote(phrase, (*rows)[phrase.text]));
  return quoted;
}

}  // namespace testigo::app
