#include "app/traces.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <functional>
#include <system_error>
#include <utility>

#include "app/import_record.h"
#include "app/searchable_forms.h"
#include "archive/tombstone.h"
#include "archive/verify.h"
#include "archive/warc_reader.h"
#include "fetch/transfer.h"
#include "formats/encoding_sniff.h"
#include "formats/json.h"
#include "text/words.h"

namespace testigo::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_body_bytes = std::size_t{128} << 20;  // decoded; a page is far below
constexpr std::uint64_t run_base = 0x9e3779b97f4a7c15U;  // odd: of a polynomial over the words

std::vector<std::uint64_t> word_hashes(std::string_view text) {
  const text::PackedWords packed = text::packed_words(text);
  std::vector<std::uint64_t> hashes;
  hashes.reserve(packed.words.size());
  std::size_t begin = 0;
  for (const text::PackedWord& word : packed.words) {
    const std::string_view folded =
        std::string_view(packed.folded).substr(begin, word.folded_end - begin);
    hashes.push_back(std::hash<std::string_view>()(folded) | 1U);
    begin = word.folded_end;
  }
  return hashes;
}

std::uint64_t hash_of(std::span<const std::uint64_t> words) {
  std::uint64_t hash = 0;
  for (const std::uint64_t word : words) hash = hash * run_base + word;
  return hash;
}

// Of an address; word_hashes() reads what is left over in any case.
std::string without_percents(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned byte = 0;
    const char* const digits = text.data() + i + 1;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
      out += static_cast<char>(byte);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

// What the record's body says, as UTF-8; its block where that is no HTTP message.
std::string body_of(const archive::WarcRecord& record) {
  auto page = archive::page_of(record);
  if (!page) return record.block;
  const std::string type(find_header(page->headers, "Content-Type").value_or(""));
  const auto decoded = fetch::decode_page(*page, max_body_bytes);
  return formats::decode_page(decoded ? decoded->body : page->body_as_sent, type).text;
}

bool may_hold_words(const archive::WarcRecord& record) {
  return record.type() != "request" && record.type() != "warcinfo" &&
         !archive::is_tombstone(record);
}

std::uint64_t bytes_of(const std::string& path) {
  std::error_code error;
  const auto bytes = fs::file_size(path, error);
  return error ? 0 : bytes;
}

}  // namespace

void Traces::Runs::add(std::span<const std::uint64_t> words, std::size_t length) {
  if (length == 0 || words.size() < length) return;
  if (by_length_.size() <= length) by_length_.resize(length + 1);
  for (std::size_t i = 0; i + length <= words.size(); ++i)
    by_length_[length].insert(hash_of(words.subspan(i, length)));
}

bool Traces::Runs::contains(std::span<const std::uint64_t> words) const {
  return !words.empty() && words.size() < by_length_.size() &&
         by_length_[words.size()].contains(hash_of(words));
}

bool Traces::Runs::are_in(std::span<const std::uint64_t> words) const {
  for (std::size_t length = 1; length < by_length_.size(); ++length) {
    if (by_length_[length].empty() || words.size() < length) continue;
    std::uint64_t leaving = 1;  // what the first word of a run counts
    for (std::size_t i = 1; i < length; ++i) leaving *= run_base;
    std::uint64_t hash = hash_of(words.first(length));
    for (std::size_t next = length;; ++next) {
      if (by_length_[length].contains(hash)) return true;
      if (next == words.size()) break;
      hash = (hash - words[next - length] * leaving) * run_base + words[next];
    }
  }
  return false;
}

// A row of an import: the words of each of its values and names, and the values themselves.
struct Traces::Row {
  std::vector<std::vector<std::uint64_t>> words;
  std::set<std::string, std::less<>> values;
};

namespace {

// Scalars, and what stands before them.
struct Texts {
  std::vector<std::string> values, names;
};

void add_texts(const formats::JsonValue& value, Texts& texts) {
  for (const formats::JsonValue& item : value.items()) add_texts(item, texts);
  for (const auto& [name, member] : value.members()) {
    texts.names.push_back(name);
    add_texts(member, texts);
  }
  if (auto text = value.to_text()) texts.values.push_back(std::move(*text));
}

// Whether these words stand in a row somewhere in those.
bool hold(std::span<const std::uint64_t> those, std::span<const std::uint64_t> these) {
  return std::search(those.begin(), those.end(), these.begin(), these.end()) != those.end();
}

}  // namespace

Traces::Traces(const store::PostTraces& posts, std::string_view author, NameSearch search)
    : author_words_(word_hashes(author)),
      urls_(posts.urls.begin(), posts.urls.end()),
      page_urls_(posts.page_urls.begin(), posts.page_urls.end()) {
  page_urls_.insert(urls_.begin(), urls_.end());
  for (const std::string& said : posts.texts) {
    const std::vector<std::uint64_t> words = word_hashes(said);
    Runs& runs = words.size() < min_words_anywhere ? on_own_pages_ : anywhere_;
    runs.add(words, std::min(words.size(), words_of_a_part));
  }
  for (const store::RevisionTrace& said : posts.revisions) {
    const std::vector<std::uint64_t> words = word_hashes(said.text);
    if (words.size() < min_words_anywhere) short_texts_.emplace(hash_of(words), said);
    if (said.record) said_in_[*said.record].push_back(words);
  }
  std::size_t letters = 0;
  for (const std::string& word : text::folded_words(author)) letters += word.size();
  on_own_pages_.add(author_words_, author_words_.size());
  if (letters < min_name_letters_anywhere) return;
  (search == NameSearch::words ? anywhere_ : in_sentences_)
      .add(author_words_, author_words_.size());
  if (search == NameSearch::alone) longest_name_ = max_lone_bytes;
}

bool Traces::is_name(std::string_view value) const {
  return value.size() <= longest_name_ && word_hashes(without_references(value)) == author_words_;
}

bool Traces::name_stands_alone_in(std::string_view body) const {
  return longest_name_ > 0 &&
         any_lone_value(body, [this](std::string_view value) { return is_name(value); });
}

Traces::Found Traces::find_in(const archive::WarcRecord& record) const {
  const bool own_page = page_urls_.contains(record.target_uri());
  bool in_a_sentence = false;
  const auto found = [&](std::string_view text) {
    const std::vector<std::uint64_t> words = word_hashes(text);
    in_a_sentence = in_a_sentence || in_sentences_.are_in(words);
    return anywhere_.are_in(words) || (own_page && on_own_pages_.are_in(words));
  };
  if (are_in_url(record.target_uri())) return Found::traces;
  const auto message = archive::parse_http_message(record.block);
  if (message)
    for (const Header& header : message->headers)
      if (found(header.value)) return Found::traces;
  const std::string body = body_of(record);
  const std::vector<std::string> forms = searchable_forms(body);
  if (std::any_of(forms.begin(), forms.end(), found)) return Found::traces;
  if (!in_a_sentence) return Found::nothing;
  return name_stands_alone_in(body) ? Found::traces : Found::name_in_a_sentence;
}

bool Traces::are_in_row(const Row& row, const store::ArchiveRecord& record) const {
  for (const std::vector<std::uint64_t>& words : row.words) {
    if (anywhere_.are_in(words)) return true;
    // The name of whoever wrote it, a short one where they wrote.
    if (words == author_words_ && (longest_name_ > 0 || said_in_.contains(record))) return true;
    const auto [first, last] = short_texts_.equal_range(hash_of(words));
    const bool own = std::any_of(first, last, [&](const auto& entry) {
      const store::RevisionTrace& said = entry.second;
      return said.external_id ? row.values.contains(*said.external_id) : said.record == record;
    });
    if (own) return true;
  }
  return false;
}

std::vector<ByteRange> Traces::rows_in(const archive::WarcRecord& record, std::string_view file,
                                       std::span<const ByteRange> rows) const {
  const store::ArchiveRecord where{std::string(file), record.offset, {}};
  std::vector<ByteRange> found;
  std::vector<std::vector<std::uint64_t>> words_found;
  for (const ByteRange& range : rows) {
    const auto value =
        formats::parse_json(std::string_view(record.block).substr(range.begin, range.length));
    if (!value) return {};
    Texts texts;
    add_texts(*value, texts);
    Row row;
    for (const auto* some : {&texts.values, &texts.names})
      for (const std::string& text : *some)
        for (const std::string& form : searchable_forms(text))
          if (auto words = word_hashes(form); !words.empty()) row.words.push_back(std::move(words));
    row.values.insert(texts.values.begin(), texts.values.end());
    if (!are_in_row(row, where)) continue;
    found.push_back(range);
    words_found.insert(words_found.end(), row.words.begin(), row.words.end());
  }
  if (found.size() == rows.size()) return {};
  const auto own = said_in_.find(where);
  if (own == said_in_.end()) return found;
  for (const std::vector<std::uint64_t>& said : own->second)
    if (said.empty() || std::none_of(words_found.begin(), words_found.end(),
                                     [&](const auto& words) { return hold(words, said); }))
      return {};
  return found;
}

bool Traces::are_in_url(std::string_view url) const {
  if (urls_.contains(url)) return true;
  if (name_is_searched_anywhere()) return anywhere_.are_in(word_hashes(url));
  if (longest_name_ == 0) return false;
  for (std::size_t begin = 0; begin <= url.size();) {
    const std::size_t end = std::min(url.find_first_of("/?&=#@:", begin), url.size());
    if (is_name(without_percents(url.substr(begin, end - begin)))) return true;
    begin = end + 1;
  }
  return false;
}

TracedRecords find_records(const std::string& folder, const Traces& traces,
                           const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  TracedRecords found;
  const std::vector<std::string> paths = archive::archive_files(folder);
  std::uint64_t all = 0, done = 0;
  for (const std::string& path : paths) all += bytes_of(path);
  for (const std::string& path : paths) {
    auto reader = archive::WarcReader::open(path);
    if (!reader) {
      found.unread.push_back(std::move(reader.error()));
      continue;
    }
    const std::string name = fs::path(path).filename().string();
    while (true) {
      auto record = reader->next();
      if (!record) {
        found.unread.push_back(std::move(record.error()));
        break;
      }
      if (!*record) break;
      if (progress) progress(done + (*record)->offset, all);
      if (!may_hold_words(**record)) continue;
      const std::vector<ByteRange> rows = import_rows(**record);
      std::vector<ByteRange> held = traces.rows_in(**record, name, rows);
      const Traces::Found what = traces.find_in(**record);
      if (!held.empty() || what == Traces::Found::traces)
        found.records.push_back({name, (*record)->offset, std::move(held)});
      else if (what == Traces::Found::name_in_a_sentence)
        ++found.naming;
    }
    done += bytes_of(path);
  }
  return found;
}

}  // namespace testigo::app
