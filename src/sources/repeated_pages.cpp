#include "sources/repeated_pages.h"

#include <algorithm>
#include <cstdint>

#include "core/digest.h"

namespace testigo::sources {
namespace {

constexpr std::size_t mark_size = 16;  // of show_key
constexpr std::size_t most_marks = 8;  // a list that goes round in more pages runs to its cap

std::string_view text_of(const std::optional<std::string>& text) {
  return text ? std::string_view(*text) : std::string_view();
}

// In any order: some services draw lots for it.
class Sum {
 public:
  void add(std::string_view kind, std::string_view name, std::string_view what) {
    sum_ += static_cast<std::uint64_t>(key_of({kind, name, what}));
  }
  [[nodiscard]] std::string mark() const { return show_key(static_cast<std::int64_t>(sum_)); }

 private:
  std::uint64_t sum_ = 0;
};

void add_posts(Sum& sum, const extract::Extraction& extraction, bool is_site_page) {
  for (const Post& post : extraction.posts) {
    const bool by_id = post.external_id && !is_site_page;
    sum.add("post", text_of(post.external_id), by_id ? std::string_view() : post.text);
  }
}

void add_leads(Sum& sum, const extract::Extraction& extraction) {
  for (const auto& [step, elements] : extraction.each) {
    for (const extract::Variables& element : elements) {
      std::string values;
      for (const auto& [name, value] : element) values += name + '=' + value + '\n';
      sum.add("lead", step, values);
    }
  }
}

void add_links(Sum& sum, const extract::Extraction& extraction) {
  for (const std::string& link : extraction.links) {
    const auto& next = extraction.next;
    if (std::find(next.begin(), next.end(), link) == next.end()) sum.add("link", "", link);
  }
}

bool has_led(const extract::Extraction& extraction) {
  return std::any_of(extraction.each.begin(), extraction.each.end(),
                     [](const auto& leads) { return !leads.second.empty(); });
}

// Whether the mark that begins at `at` stands earlier, too.
bool is_known(std::string_view marks, std::size_t at) {
  for (std::size_t i = 0; i < at; i += mark_size)
    if (marks.substr(i, mark_size) == marks.substr(at, mark_size)) return true;
  return false;
}

}  // namespace

std::string with_mark(std::string marks, const extract::Extraction& extraction, bool is_site_page) {
  if (extraction.posts.empty() && !has_led(extraction)) return marks;
  Sum sum;
  sum.add("skipped", "", std::to_string(extraction.skipped));
  add_posts(sum, extraction, is_site_page);
  add_leads(sum, extraction);
  if (is_site_page) add_links(sum, extraction);
  marks += sum.mark();
  if (marks.size() > most_marks * mark_size) marks.erase(0, mark_size);
  return marks;
}

bool repeats(std::string_view marks) {
  if (marks.size() < 3 * mark_size) return false;
  const std::size_t last = marks.size() - mark_size;
  return is_known(marks, last) && is_known(marks, last - mark_size);
}

}  // namespace testigo::sources
