#include "insight/phrases.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

namespace testigo::insight {
namespace {

// How many speakers say a phrase. A speaker's texts are counted one after the other.
struct Count {
  std::int64_t speakers = 0;
  std::size_t last_speaker = 0;
};
using Counts = std::unordered_map<std::string, Count>;

// Calls `take` with each phrase of a text.
template <class Take>
void for_each_phrase(const PhraseText& text, Take take) {
  std::string phrase;
  for (std::size_t begin = 0; begin < text.words.size(); ++begin) {
    if (text.words[begin].stop) continue;
    phrase.clear();
    for (std::size_t n = 0; n < longest_phrase && begin + n < text.words.size(); ++n) {
      const PhraseText::Word& word = text.words[begin + n];
      if (n > 0 && word.breaks) break;
      phrase.append(n > 0 ? " " : "").append(word.folded);
      if (!word.stop) take(phrase);
    }
  }
}

struct Counted {
  Counts counts;
  std::int64_t speakers = 0;
};

Counted count(std::span<const PhraseText> texts) {
  std::vector<std::size_t> order(texts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return texts[a].speaker < texts[b].speaker;
  });
  Counted counted;
  std::size_t speaker = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i == 0 || texts[order[i]].speaker != texts[order[i - 1]].speaker) ++speaker;
    for_each_phrase(texts[order[i]], [&](const std::string& phrase) {
      Count& one = counted.counts[phrase];
      if (one.last_speaker == speaker) return;
      one.last_speaker = speaker;
      ++one.speakers;
    });
  }
  counted.speakers = static_cast<std::int64_t>(speaker);
  return counted;
}

// 2·Σ observed·ln(observed/expected) over who says it and who does not, now and before.
double log_likelihood_ratio(std::int64_t now, std::int64_t all_now, std::int64_t before,
                            std::int64_t all_before) {
  const auto all = static_cast<double>(all_now + all_before);
  const double said = static_cast<double>(now + before) / all;
  const auto term = [](std::int64_t observed, double expected) {
    const auto o = static_cast<double>(observed);
    return observed > 0 ? 2.0 * o * std::log(o / expected) : 0.0;
  };
  const auto n = static_cast<double>(all_now);
  const auto m = static_cast<double>(all_before);
  return term(now, n * said) + term(all_now - now, n * (1.0 - said)) + term(before, m * said) +
         term(all_before - before, m * (1.0 - said));
}

double p_of(double g2) { return std::erfc(std::sqrt(std::max(0.0, g2) / 2.0)); }

std::vector<NewPhrase> candidates(const Counted& now, const Counted& before) {
  std::vector<NewPhrase> found;
  for (const auto& [words, one] : now.counts) {
    if (one.speakers < least_speakers) continue;
    NewPhrase phrase;
    phrase.words = words;
    phrase.now = one.speakers;
    const auto earlier = before.counts.find(words);
    if (earlier != before.counts.end()) phrase.before = earlier->second.speakers;
    phrase.share_now = *share(phrase.now, now.speakers);
    phrase.share_before = *share(phrase.before, before.speakers);
    phrase.g2 = log_likelihood_ratio(phrase.now, now.speakers, phrase.before, before.speakers);
    if (phrase.share_now.value <= phrase.share_before.value) phrase.g2 = 0.0;
    found.push_back(std::move(phrase));
  }
  std::sort(found.begin(), found.end(), [](const NewPhrase& a, const NewPhrase& b) {
    if (a.g2 != b.g2) return a.g2 > b.g2;
    if (a.words.size() != b.words.size()) return a.words.size() > b.words.size();
    return a.words < b.words;
  });
  return found;
}

void judge(std::vector<NewPhrase>& phrases) {
  std::vector<double> p;
  for (const NewPhrase& phrase : phrases) p.push_back(p_of(phrase.g2));
  const auto adjusted = false_discovery(p);
  for (std::size_t i = 0; i < phrases.size(); ++i) phrases[i].sure = adjusted[i] <= level;
  std::erase_if(phrases, [](const NewPhrase& phrase) { return phrase.g2 < least_g2; });
}

bool within(const std::string& part, const std::string& whole) {
  return (" " + whole + " ").find(" " + part + " ") != std::string::npos;
}

// Of phrases within each other the first stays.
std::vector<NewPhrase> without_parts(std::vector<NewPhrase> phrases) {
  std::vector<NewPhrase> kept;
  for (NewPhrase& phrase : phrases) {
    const bool named = std::any_of(kept.begin(), kept.end(), [&](const NewPhrase& other) {
      return within(phrase.words, other.words) || within(other.words, phrase.words);
    });
    if (!named) kept.push_back(std::move(phrase));
  }
  return kept;
}

void find_texts(std::vector<NewPhrase>& phrases, std::span<const PhraseText> texts) {
  std::unordered_map<std::string, NewPhrase*> missing;
  for (NewPhrase& phrase : phrases) missing[phrase.words] = &phrase;
  for (std::size_t i = 0; i < texts.size() && !missing.empty(); ++i)
    for_each_phrase(texts[i], [&](const std::string& words) {
      const auto found = missing.find(words);
      if (found == missing.end()) return;
      found->second->text = i;
      missing.erase(found);
    });
}

}  // namespace

std::vector<NewPhrase> new_phrases(std::span<const PhraseText> now,
                                   std::span<const PhraseText> before) {
  const Counted counted_now = count(now);
  const Counted counted_before = count(before);
  if (counted_now.speakers == 0 || counted_before.speakers == 0) return {};
  auto phrases = candidates(counted_now, counted_before);
  judge(phrases);
  phrases = without_parts(std::move(phrases));
  find_texts(phrases, now);
  return phrases;
}

}  // namespace testigo::insight
