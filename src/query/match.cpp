#include "query/match.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "query/filter.h"
#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::query {
namespace {

// Neighbouring places of a document, [begin, end), and the terms of a NEAR that lie in it.
struct Occurrence {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> terms;
};

bool accepts(const Word& word, const Document& document, const Document::Place& place) {
  if (word.prefix ? !place.folded.starts_with(word.folded) : place.folded != word.folded)
    return false;
  if (word.kind != WordKind::any && word.kind != place.kind) return false;
  return word.exact.empty() || document.written(place) == word.exact;
}

bool stands_at(const std::vector<Word>& words, const Document& document, std::size_t at) {
  const auto places = document.places();
  if (at + words.size() > places.size()) return false;
  for (std::size_t i = 0; i < words.size(); ++i)
    if (!accepts(words[i], document, places[at + i])) return false;
  return true;
}

std::vector<Occurrence> find_phrase(const std::vector<Word>& words, const Document& document) {
  std::vector<Occurrence> found;
  for (const std::uint32_t at : document.find(words.front().folded, words.front().prefix)) {
    if (!stands_at(words, document, at)) continue;
    const auto end = at + static_cast<std::uint32_t>(words.size());
    found.push_back({at, end, {{at, end}}});
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.begin < b.begin; });
  return found;
}

std::vector<Occurrence> occurrences(const Node& node, const Document& document);

Occurrence joined(const Occurrence& a, const Occurrence& b) {
  Occurrence whole{std::min(a.begin, b.begin), std::max(a.end, b.end), a.terms};
  whole.terms.insert(whole.terms.end(), b.terms.begin(), b.terms.end());
  return whole;
}

// For each left occurrence the nearest right one on either side (on the right only, if ordered),
// where no more than `distance` words part them. The nearest decides whether any is near enough.
std::vector<Occurrence> find_near(const Node& node, const Document& document) {
  const auto lefts = occurrences(node.children[0], document);
  if (lefts.empty()) return {};
  const auto by_begin = occurrences(node.children[1], document);
  auto by_end = by_begin;
  std::sort(by_end.begin(), by_end.end(),
            [](const auto& a, const auto& b) { return a.end < b.end; });
  const auto distance = static_cast<std::uint32_t>(node.distance);
  std::vector<Occurrence> found;
  for (const auto& left : lefts) {
    const auto after =
        std::lower_bound(by_begin.begin(), by_begin.end(), left.end,
                         [](const Occurrence& o, std::uint32_t at) { return o.begin < at; });
    if (after != by_begin.end() && after->begin - left.end <= distance)
      found.push_back(joined(left, *after));
    if (node.ordered) continue;
    const auto behind =
        std::upper_bound(by_end.begin(), by_end.end(), left.begin,
                         [](std::uint32_t at, const Occurrence& o) { return at < o.end; });
    if (behind != by_end.begin() && left.begin - std::prev(behind)->end <= distance)
      found.push_back(joined(*std::prev(behind), left));
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.begin < b.begin; });
  return found;
}

// Where a phrase, a NEAR or an OR of them stands, by where they begin.
std::vector<Occurrence> occurrences(const Node& node, const Document& document) {
  if (node.kind == Node::Kind::phrase) return find_phrase(node.words, document);
  if (node.kind == Node::Kind::near) return find_near(node, document);
  std::vector<Occurrence> all;
  for (const auto& child : node.children) {
    auto some = occurrences(child, document);
    std::move(some.begin(), some.end(), std::back_inserter(all));
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
  return all;
}

bool contains_phrase(const std::vector<Word>& words, const Document& document) {
  const auto places = document.find(words.front().folded, words.front().prefix);
  return std::any_of(places.begin(), places.end(),
                     [&](std::uint32_t at) { return stands_at(words, document, at); });
}

// lang:es takes es and es-MX.
bool is_language(std::string_view tag, std::string_view wanted) {
  const std::string lower = text::ascii_lower(tag);
  return lower == wanted ||
         (lower.size() > wanted.size() && lower.starts_with(wanted) && lower[wanted.size()] == '-');
}

bool is_host_within(std::string_view host, std::string_view domain) {
  return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                            host[host.size() - domain.size() - 1] == '.');
}

template <class Number>
bool compares(Number value, Comparison comparison, Number with) {
  switch (comparison) {
    case Comparison::equal:
      return value == with;
    case Comparison::less:
      return value < with;
    case Comparison::at_most:
      return value <= with;
    case Comparison::greater:
      return value > with;
    case Comparison::at_least:
      return value >= with;
  }
  return false;
}

template <class Value>
bool is_named(const std::optional<Value>& value, std::string_view name) {
  return value && to_string(*value) == name;
}

bool holds(const Filter& filter, const Facts& facts) {
  switch (filter.field) {
    case FilterField::lang:
      return facts.language && is_language(*facts.language, filter.value);
    case FilterField::source:
      return text::fold(facts.source.value) == filter.value;
    case FilterField::brand:
      return text::fold(facts.brand.value) == filter.value;
    case FilterField::tag:
      return is_named(facts.tag, filter.value);
    case FilterField::polarity:
      return is_named(facts.polarity, filter.value);
    case FilterField::act:
      return is_named(facts.act, filter.value);
    case FilterField::stage:
      return is_named(facts.stage, filter.value);
    case FilterField::intent:
      return is_named(facts.intent, filter.value);
    case FilterField::theme:
      return std::any_of(facts.themes.begin(), facts.themes.end(), [&](const std::string& theme) {
        return text::fold(theme) == filter.value;
      });
    case FilterField::author:
      return facts.author && text::fold(*facts.author) == text::fold(filter.value);
    case FilterField::site:
      return facts.url && is_host_within(host_of(*facts.url), filter.value);
    case FilterField::rating:
      return facts.rating && compares(stars(*facts.rating), filter.comparison, filter.stars);
    case FilterField::since:
    case FilterField::until:
      return facts.day && compares(*facts.day, filter.comparison, filter.day);
  }
  return false;
}

bool holds(const Node& node, const Document& document, const Facts& facts) {
  const auto child_holds = [&](const Node& child) { return holds(child, document, facts); };
  switch (node.kind) {
    case Node::Kind::phrase:
      return contains_phrase(node.words, document);
    case Node::Kind::filter:
      return holds(node.filter, facts);
    case Node::Kind::near:
      return !find_near(node, document).empty();
    case Node::Kind::all_of:
      return std::all_of(node.children.begin(), node.children.end(), child_holds);
    case Node::Kind::any_of:
      return std::any_of(node.children.begin(), node.children.end(), child_holds);
    case Node::Kind::none_of:
      return !child_holds(node.children.front());
  }
  return false;
}

// Marks the places of every positive term, however deep.
void mark(const Node& node, const Document& document, std::vector<bool>& marked) {
  if (node.kind == Node::Kind::none_of || node.kind == Node::Kind::filter) return;
  if (node.kind == Node::Kind::phrase || node.kind == Node::Kind::near) {
    for (const auto& occurrence : occurrences(node, document))
      for (const auto& [begin, end] : occurrence.terms)
        std::fill(marked.begin() + begin, marked.begin() + end, true);
    return;
  }
  for (const auto& child : node.children) mark(child, document, marked);
}

WordKind kind_at(std::string_view field, std::size_t begin) {
  if (begin == 0) return WordKind::any;
  if (field[begin - 1] == '#') return WordKind::hashtag;
  return field[begin - 1] == '@' ? WordKind::mention : WordKind::any;
}

void append_words(std::vector<Document::Place>& places, const text::PackedWords& words,
                  std::string_view text, Field field) {
  const std::string_view folded = words.folded;
  std::size_t from = 0;
  for (const text::PackedWord& word : words.words) {
    places.push_back({folded.substr(from, word.folded_end - from), kind_at(text, word.begin),
                      field, TextSpan{word.begin, word.end}});
    from = word.folded_end;
  }
}

// The first eight bytes, as a number that orders as they do. No folded word holds a zero byte, so
// that words of up to eight bytes are equal where their heads are.
std::uint64_t head_of(std::string_view word) {
  std::uint64_t head = 0;
  for (std::size_t i = 0; i < sizeof head; ++i)
    head = head << 8 | (i < word.size() ? static_cast<unsigned char>(word[i]) : 0U);
  return head;
}

std::vector<std::pair<std::uint64_t, std::uint32_t>> sorted_by_word(
    const std::vector<Document::Place>& places) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  order.reserve(places.size());
  for (const auto& place : places)
    order.emplace_back(head_of(place.folded), static_cast<std::uint32_t>(order.size()));
  std::sort(order.begin(), order.end(), [&places](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    const int rest = places[a.second].folded.compare(places[b.second].folded);
    return rest != 0 ? rest < 0 : a.second < b.second;
  });
  return order;
}

}  // namespace

Document::Document(std::string_view heading_and_title, std::size_t title_begin,
                   std::string_view text)
    : title_(heading_and_title),
      text_(text),
      of_title_(text::packed_words(title_)),
      of_text_(text::packed_words(text_)) {
  places_.reserve(of_title_.words.size() + of_text_.words.size() + 1);  // and the break
  append_words(places_, of_title_, title_, Field::title);
  while (own_ < places_.size() && places_[own_].span.begin < title_begin) ++own_;
  const bool has_title = own_ < places_.size();
  if (!places_.empty()) {
    places_.push_back(
        {break_word, WordKind::any, Field::title, {title_.size(), title_.size()}});
    if (!has_title) own_ = places_.size();  // what the break parts is not its own
  }
  append_words(places_, of_text_, text_, Field::text);
  sorted_ = sorted_by_word(places_);
}

std::vector<std::uint32_t> Document::find(std::string_view folded, bool prefix) const {
  const auto cut = [&](const auto& entry) {
    const std::string_view word = places_[entry.second].folded;
    return prefix ? word.substr(0, folded.size()) : word;
  };
  const auto first = std::lower_bound(
      sorted_.begin(), sorted_.end(), folded,
      [&](const auto& entry, std::string_view word) { return cut(entry) < word; });
  std::vector<std::uint32_t> found;
  for (auto at = first; at != sorted_.end() && cut(*at) == folded; ++at)
    found.push_back(at->second);
  return found;
}

std::string_view Document::written(const Place& place) const {
  const std::string_view field = place.field == Field::title ? title_ : text_;
  return field.substr(place.span.begin, place.span.end - place.span.begin);
}

bool Document::adjoins(const Place& before, const Place& after) const {
  if (before.field != after.field) return false;
  const std::string_view field = before.field == Field::title ? title_ : text_;
  const auto between = field.substr(before.span.end, after.span.begin - before.span.end);
  return between.find_first_not_of(" -'_&/") == std::string_view::npos;
}

Facts facts_of(const Post& post, const BrandId& brand, std::optional<Day> day) {
  Facts facts;
  facts.language = post.language;
  facts.source = post.source;
  facts.brand = brand;
  facts.author = post.author;
  facts.url = post.url ? *post.url : post.page_url;
  facts.rating = post.rating;
  facts.day = day;
  return facts;
}

Facts with_verdict(Facts facts, const Verdict& verdict) {
  if (verdict.language != "und") facts.language = verdict.language;
  facts.tag = verdict.tag;
  facts.polarity = verdict.polarity;
  facts.act = verdict.act;
  facts.stage = verdict.stage;
  facts.intent = verdict.intent;
  for (const auto& theme : verdict.themes) facts.themes.push_back(theme.name);
  return facts;
}

bool Matcher::matches(const Document& document, const Facts& facts) const {
  return holds(query_.root, document, facts);
}

std::vector<Hit> Matcher::hits(const Document& document, const Facts& facts) const {
  if (!matches(document, facts)) return {};
  const auto places = document.places();
  std::vector<bool> marked(places.size(), false);
  mark(query_.root, document, marked);
  std::vector<Hit> hits;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (!marked[i]) continue;
    if (i > 0 && marked[i - 1] && document.adjoins(places[i - 1], places[i]))
      hits.back().span.end = places[i].span.end;
    else
      hits.push_back({places[i].field, places[i].span});
  }
  return hits;
}

}  // namespace testigo::query
