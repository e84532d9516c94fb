#include "extract/article_title.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <vector>

#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

constexpr double least_agreement = 0.5;  // of all words of two titles, those in both

using Words = std::set<std::string>;

Words words_of(std::string_view title) {
  Words words;
  std::string word;
  for (const char c : text::fold(title) + " ") {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    if (letter) {
      word += c;
    } else if (!word.empty()) {
      words.insert(std::move(word));
      word.clear();
    }
  }
  return words;
}

double agreement(const Words& a, const Words& b) {
  const auto shared = static_cast<double>(
      std::count_if(a.begin(), a.end(), [&](const std::string& word) { return b.contains(word); }));
  const double all = static_cast<double>(a.size()) + static_cast<double>(b.size()) - shared;
  return all > 0.0 ? shared / all : 0.0;
}

// "How to grow lemons - Acme Garden" → "How to grow lemons", where the site is named so.
std::string without_site(std::string_view title, std::string_view site) {
  constexpr std::string_view marks[] = {" | ", " - ", " – ", " — ", " :: ", " » ", ": "};
  const Words named = words_of(site);
  for (const std::string_view mark : marks) {
    const std::size_t last = title.rfind(mark);
    if (last == std::string_view::npos) continue;
    if (agreement(words_of(title.substr(last + mark.size())), named) >= least_agreement)
      return std::string(text::trim(title.substr(0, last)));
    const std::size_t first = title.find(mark);
    if (agreement(words_of(title.substr(0, first)), named) >= least_agreement)
      return std::string(text::trim(title.substr(first + mark.size())));
  }
  return std::string(title);
}

}  // namespace

std::optional<std::string> title_among(std::span<const ShownHeading> shown,
                                       std::span<const std::string> stated, std::string_view site) {
  std::vector<Words> wanted;
  for (const std::string& title : stated) wanted.push_back(words_of(without_site(title, site)));
  const Words named = words_of(site);
  const ShownHeading* best = nullptr;
  double most = 0.0;
  std::vector<const ShownHeading*> mains;
  for (const ShownHeading& heading : shown) {
    const Words words = words_of(heading.text);
    if (words.empty() || words == named) continue;
    if (heading.main) mains.push_back(&heading);
    double agrees = 0.0;
    for (const Words& one : wanted) agrees = std::max(agrees, agreement(words, one));
    if (agrees < least_agreement || agrees <= most) continue;
    most = agrees;
    best = &heading;
  }
  if (best != nullptr) return best->text;
  const bool alone = !mains.empty() &&
                     std::all_of(mains.begin(), mains.end(),
                                 [&](const auto* one) { return one->text == mains.front()->text; });
  if (alone) return mains.front()->text;
  if (!stated.empty()) return without_site(stated.front(), site);
  return std::nullopt;
}

}  // namespace testigo::extract
