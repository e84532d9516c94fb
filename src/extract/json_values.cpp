#include "extract/json_values.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>

#include "extract/condition.h"
#include "extract/text_template.h"
#include "formats/json_pointer.h"

namespace testigo::extract {
namespace {

using formats::JsonNode;

constexpr std::size_t max_joined = 100;               // ids in one request: no service takes more
constexpr std::size_t max_joined_in_all = 5'000;      // a tree of comments' unloaded part has fewer
constexpr std::size_t max_lines_bytes = 1024 * 1024;  // of one post: none is longer

Found found_at(JsonNode item, std::string_view pointer) {
  return found_value(formats::find(item, pointer));
}

Found tail_at(JsonNode item, std::string_view pointer) {
  Found whole = found_at(item, pointer);
  if (whole.kind() != Found::Kind::text) return whole;
  return Found::held_text(whole.text().substr(whole.text().rfind('/') + 1));
}

// "-2:/path": the last but one of the pieces of the text there.
Found piece_at(JsonNode item, std::string_view selector) {
  const std::size_t colon = std::min(selector.find(':'), selector.size());
  int number = 0;
  std::from_chars(selector.data(), selector.data() + colon, number);
  const Found whole = found_at(item, selector.substr(std::min(colon + 1, selector.size())));
  const std::string_view text = whole.text();
  const auto count = 1 + std::count(text.begin(), text.end(), '.');
  std::ptrdiff_t ahead =
      number < 0 ? count + number : number - 1;  // pieces before the one asked for
  if (text.empty() || number == 0 || ahead < 0 || ahead >= count) return {};
  std::size_t begin = 0;
  for (; ahead > 0; --ahead) begin = text.find('.', begin) + 1;
  return Found::made_text(std::string(text.substr(begin, text.find('.', begin) - begin)));
}

std::optional<std::uint64_t> whole_number(JsonNode item, std::string_view pointer) {
  const Found written = found_at(item, pointer);
  const std::string_view text = written.text();
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  constexpr std::uint64_t largest = std::uint64_t{1} << 50;  // a petabyte: no file is longer
  if (error != std::errc() || end != text.data() + text.size() || number > largest) return {};
  return number;
}

Found range_at(JsonNode item, std::string_view pointers) {
  const std::size_t comma = std::min(pointers.find(','), pointers.size());
  const auto begin = whole_number(item, pointers.substr(0, comma));
  const auto length = whole_number(item, pointers.substr(std::min(comma + 1, pointers.size())));
  if (!begin || !length || *length == 0) return {};
  return Found::made_text("bytes=" + std::to_string(*begin) + "-" +
                          std::to_string(*begin + *length - 1));
}

// "/content,/text,/title": of each element of the first, what stands at the others.
Found lines_at(JsonNode item, std::string_view pointers) {
  const std::size_t comma = std::min(pointers.find(','), pointers.size());
  std::string lines;
  for (const JsonNode element : formats::find(item, pointers.substr(0, comma)).items()) {
    std::string_view rest = pointers.substr(comma);
    while (!rest.empty() && lines.size() < max_lines_bytes) {
      rest.remove_prefix(1);
      const std::size_t end = std::min(rest.find(','), rest.size());
      const Found one = found_at(element, rest.substr(0, end));
      rest.remove_prefix(end);
      if (one.kind() != Found::Kind::text || one.is_blank()) continue;
      lines += (lines.empty() ? "" : "\n") + std::string(one.text());
    }
  }
  return lines.empty() ? Found() : Found::made_text(std::move(lines));
}

// The text number `place` of those that a variable joins; of one alone, that one.
std::optional<std::string_view> part_of(std::string_view texts, std::size_t place) {
  if (texts.find(joint) == std::string_view::npos) return texts;
  for (; place > 0; --place) {
    const std::size_t end = texts.find(joint);
    if (end == std::string_view::npos) return std::nullopt;
    texts.remove_prefix(end + 1);
  }
  return texts.substr(0, texts.find(joint));
}

// Which of those that a variable joins a text is.
std::optional<std::size_t> place_in(std::string_view texts, std::string_view text) {
  for (std::size_t place = 0;; ++place) {
    const std::size_t end = texts.find(joint);
    if (texts.substr(0, end) == text) return place;
    if (end == std::string_view::npos) return std::nullopt;
    texts.remove_prefix(end + 1);
  }
}

// Cuts selectors into the keys that they may name. A selector is read for more than it says rather
// than for less: "range:/a,/b" and "https://x.example/{/id}" hold the pointers /a, /b and /id.
class KeyCollector {
 public:
  void add(const Selector& selectors) {
    for (const std::string& selector : selectors) add(selector);
  }
  void add(std::string_view selector) {
    for (std::size_t slash = selector.find('/'); slash != std::string_view::npos;
         slash = selector.find('/', slash + 1)) {
      formats::JsonPointer pointer(selector.substr(slash));
      const std::string token(pointer.next());
      // What follows the token itself: a condition's word, a brace, a second pointer.
      for (std::size_t end = 0; end != std::string::npos;
           end = token.find_first_of("=*},", end + 1))
        keys_.add(std::string_view(token).substr(0, end == 0 ? token.size() : end));
    }
  }
  formats::JsonKeys take() { return std::move(keys_); }

 private:
  formats::JsonKeys keys_;
};

}  // namespace

Found found_value(JsonNode value) {
  if (!value || value.is_null()) return {};
  if (const auto text = value.as_string()) return Found::held_text(*text);
  if (const auto flag = value.as_bool()) return Found::boolean(*flag);
  if (value.is_number()) return Found::number(value.to_text().value_or(""));
  return Found::other(value.is_array() ? "an array" : "an object");
}

Found JsonValues::look_up(JsonNode item, std::string_view selector) const {
  if (selector.empty() || selector.starts_with('/')) return found_at(item, selector);
  if (selector.starts_with(tail_prefix)) return tail_at(item, selector.substr(tail_prefix.size()));
  if (selector.starts_with(range_prefix))
    return range_at(item, selector.substr(range_prefix.size()));
  if (selector.starts_with(piece_prefix))
    return piece_at(item, selector.substr(piece_prefix.size()));
  if (selector.starts_with(lines_prefix))
    return lines_at(item, selector.substr(lines_prefix.size()));
  if (selector.starts_with(of_prefix)) return part_at(item, selector.substr(of_prefix.size()));
  if (selector.starts_with('^')) return found_at(root_, selector.substr(1));
  if (selector.starts_with(header_prefix)) {
    const auto header = find_header(page_.headers, selector.substr(header_prefix.size()));
    return header ? Found::held_text(*header) : Found();
  }
  auto filled = fill_template(selector, spec_.variables,
                              [&](std::string_view inner) { return look_up(item, inner); });
  return filled ? Found::made_text(*std::move(filled)) : Found();
}

Found JsonValues::part_at(JsonNode item, std::string_view selector) const {
  const std::size_t comma = std::min(selector.find(','), selector.size());
  const std::size_t equals = std::min(selector.find('=', comma), selector.size());
  const auto texts = spec_.variables.find(std::string(selector.substr(0, comma)));
  const auto keys =
      comma == equals
          ? spec_.variables.end()
          : spec_.variables.find(std::string(selector.substr(comma + 1, equals - comma - 1)));
  if (texts == spec_.variables.end() || keys == spec_.variables.end()) return {};
  const Found key = look_up(item, selector.substr(std::min(equals + 1, selector.size())));
  const auto place = place_in(keys->second, key.text());
  const auto part = place ? part_of(texts->second, *place) : std::nullopt;
  return part && !part->empty() ? Found::made_text(std::string(*part)) : Found();
}

Found JsonValues::look_up_in_last(std::string_view pointer) const {
  const std::size_t dash = pointer.find("/-/");
  JsonNode last;
  for (const JsonNode item : formats::find(root_, pointer.substr(0, dash)).items()) last = item;
  return last ? found_at(last, pointer.substr(dash + 2)) : Found();
}

std::vector<Found> JsonValues::look_up_each(JsonNode item, std::string_view pointer) {
  const std::size_t star = pointer.find("/*");
  if (star == std::string_view::npos) return {found_at(item, pointer)};
  std::vector<Found> all;
  for (const JsonNode element : formats::find(item, pointer.substr(0, star)).items())
    std::ranges::move(look_up_each(element, pointer.substr(star + 2)), std::back_inserter(all));
  return all;
}

std::vector<std::string> JsonValues::joined(JsonNode item, std::string_view pointer) {
  const bool is_each = pointer.find("/*") != std::string_view::npos;
  std::vector<std::string> lists;
  std::size_t count = 0;
  for (const Found& one : look_up_each(item, std::string(pointer) + (is_each ? "" : "/*"))) {
    if (count >= max_joined_in_all) break;
    if (one.is_missing()) continue;
    if (one.kind() != Found::Kind::text && one.kind() != Found::Kind::number) return {};
    if (count++ % max_joined == 0)
      lists.emplace_back(one.text());
    else
      lists.back() += "," + std::string(one.text());
  }
  return lists;
}

std::optional<formats::JsonKeys> keys_of(const ExtractorSpec& spec) {
  KeyCollector keys;
  for (const Selector* list : {&spec.error}) keys.add(*list);
  for (const std::string* one :
       {&spec.cursor, &spec.next_url, &spec.total, &spec.oldest, &spec.wait})
    keys.add(*one);
  keys.add(std::string(parse_condition(spec.more).place));
  for (const ItemSpec& items : spec.items) {
    const bool may_be_nothing = std::find(items.instead.begin(), items.instead.end(),
                                          nothing_instead) != items.instead.end();
    if (items.keyed || may_be_nothing) return std::nullopt;
    for (const Selector* list : {&items.list, &items.instead, &items.only_if, &items.skip_if,
                                 &items.gone_if, &items.more_if, &items.children, &items.scope})
      keys.add(*list);
    for (const auto& [field, selectors] : items.fields) keys.add(selectors);
    for (const std::string* one : {&items.key, &items.answers}) keys.add(*one);
  }
  for (const EachSpec& each : spec.each) {
    for (const Selector* list : {&each.list, &each.only_if, &each.skip_if, &each.changed})
      keys.add(*list);
    for (const auto& [name, selectors] : each.variables) keys.add(selectors);
    for (const std::string* one : {&each.children, &each.unless_here}) keys.add(*one);
  }
  return keys.take();
}

}  // namespace testigo::extract
