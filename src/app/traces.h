#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "archive/warc_record.h"
#include "core/byte_range.h"
#include "core/result.h"
#include "store/erasable.h"

namespace testigo::app {

// A text of fewer words is found again on its own pages only: others say "great phone" too.
inline constexpr std::size_t min_words_anywhere = 8;
// So many words of a text in a row are a part of it, such as a teaser.
inline constexpr std::size_t words_of_a_part = 12;
// A shorter name ("Ana") is looked for on the author's own pages only.
inline constexpr std::size_t min_name_letters_anywhere = 6;

// Where a name counts. A name may be an ordinary word ("nobody"), and a record that holds it is
// what others wrote: so only where it stands alone, as names of authors do, unless asked for.
enum class NameSearch : std::uint8_t {
  alone,  // all that an element, an attribute, a JSON string or a part of an address says
  words,  // also within a sentence
};

// What is to be found again in archived records: texts, whole or in part, and the name of their
// author. Compared are folded words, so that markup, character references, JSON's escapes and
// charsets between do not matter; mail that is encoded (base64) is not looked into.
class Traces {
 public:
  Traces(const store::PostTraces& posts, std::string_view author,
         NameSearch search = NameSearch::alone);

  enum class Found : std::uint8_t { nothing, name_in_a_sentence, traces };
  // name_in_a_sentence only where a name is searched alone, and is no short one.
  [[nodiscard]] Found find_in(const archive::WarcRecord& record) const;
  [[nodiscard]] bool are_in(const archive::WarcRecord& record) const {
    return find_in(record) == Found::traces;
  }
  // Of a record with the rows of an import (import_record.h), those that hold them. A text of few
  // words counts where it is all that a value of the row says, and the row has the id of a post
  // that said it, or, where that has none, the post was read from this record. Nothing where they
  // are in all rows, or where what a post said that was read from here is in none of them.
  [[nodiscard]] std::vector<ByteRange> rows_in(const archive::WarcRecord& record,
                                               std::string_view file,
                                               std::span<const ByteRange> rows) const;
  // Whether an address is that of one of the posts or holds the author's name.
  [[nodiscard]] bool are_in_url(std::string_view url) const;
  [[nodiscard]] bool name_is_searched_anywhere() const { return anywhere_.contains(author_words_); }

 private:
  // Hashes of runs of words, by their length.
  class Runs {
   public:
    void add(std::span<const std::uint64_t> words, std::size_t length);
    [[nodiscard]] bool are_in(std::span<const std::uint64_t> words) const;
    [[nodiscard]] bool contains(std::span<const std::uint64_t> words) const;

   private:
    std::vector<std::unordered_set<std::uint64_t>> by_length_;
  };

  struct Row;
  [[nodiscard]] bool are_in_row(const Row& row, const store::ArchiveRecord& record) const;
  [[nodiscard]] bool is_name(std::string_view value) const;
  [[nodiscard]] bool name_stands_alone_in(std::string_view body) const;

  Runs anywhere_;
  Runs on_own_pages_;
  Runs in_sentences_;             // the name, where it is searched alone
  std::size_t longest_name_ = 0;  // bytes of a value that may be it, if it is searched alone
  std::vector<std::uint64_t> author_words_;
  std::set<std::string, std::less<>> urls_, page_urls_;
  std::unordered_multimap<std::uint64_t, store::RevisionTrace> short_texts_;  // by hash of words
  std::map<store::ArchiveRecord, std::vector<std::vector<std::uint64_t>>>
      said_in_;  // words of texts
};

struct TracedRecords {
  std::vector<store::ArchiveRecord> records;
  std::vector<Error> unread;  // files that could not be read to their end
  std::int64_t naming = 0;    // other records that hold the name in a sentence
};
// Every record of an archive folder that holds them. Reads all of it, as `progress` is told: bytes
// done and bytes in all.
[[nodiscard]] TracedRecords find_records(
    const std::string& folder, const Traces& traces,
    const std::function<void(std::uint64_t, std::uint64_t)>& progress);

}  // namespace testigo::app
