#include "extract/json_source.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "extract/drift.h"
#include "extract/item.h"
#include "extract/json_ld.h"
#include "extract/number.h"
#include "extract/paging.h"
#include "extract/plain.h"
#include "formats/canonical_url.h"
#include "formats/json.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::JsonValue;

Found found_value(const JsonValue* value) {
  if (value == nullptr || value->is_null()) return {};
  if (const std::string* text = value->as_string()) return {Found::Kind::text, *text, {}};
  if (const auto flag = value->as_bool()) {
    return {Found::Kind::boolean, *flag ? "true" : "false", {}};
  }
  if (value->is_number()) return {Found::Kind::number, value->to_text().value_or(""), {}};
  return {Found::Kind::other, "", value->is_array() ? "an array" : "an object"};
}

// An empty object or array says no more than null does.
bool is_empty(const JsonValue& value) {
  return value.is_null() || (value.is_array() && value.items().empty()) ||
         (value.is_object() && value.members().empty());
}

constexpr std::size_t max_joined = 100;        // ids in one request: no service takes more
constexpr std::size_t longest_sentence = 300;  // of an error in place of an answer
constexpr std::size_t longest_quote = 120;     // of it in one of our messages
constexpr std::size_t max_lines = 100'000;     // of JSON in one answer

// A foreign text as a message may hold it.
std::string quoted(std::string_view text) {
  const std::string plain = plain_text(text.substr(0, longest_quote), Markup::none);
  return '"' + text::collapse_space(plain) + (text.size() > longest_quote ? "…\"" : "\"");
}

// Errors in words, where JSON was due: "Your query was too short or too long."
bool is_sentence(std::string_view body) {
  body = text::trim(body);
  return !body.empty() && body.size() <= longest_sentence &&
         std::string_view("{[<\"").find(body.front()) == std::string_view::npos;
}

// Services leave control characters and escapes of their own in strings; else it is strict JSON.
Result<JsonValue> parse_leniently(std::string_view body) {
  Result<JsonValue> root = formats::parse_json(body);
  if (root || root.error().code != Errc::malformed) return root;
  Result<JsonValue> mended = formats::parse_json(mend_json(body));
  return mended ? std::move(mended) : std::move(root);
}

Result<JsonValue> parse_lines(std::string_view body) {
  JsonValue::Array lines;
  while (!body.empty()) {
    const std::string_view line = body.substr(0, body.find('\n'));
    body.remove_prefix(std::min(line.size() + 1, body.size()));
    if (text::trim(line).empty()) continue;
    if (lines.size() >= max_lines)
      return fail(Errc::limit_exceeded, "it has more than " + std::to_string(max_lines) + " lines");
    Result<JsonValue> value = formats::parse_json(line);
    if (!value) return value;
    lines.push_back(*std::move(value));
  }
  return JsonValue(std::move(lines));
}

// A list's elements, each with the pointer that names it.
struct Element {
  const JsonValue* value;
  std::string place;
  std::string parent;  // external id of the item whose children it is among
};

class JsonReader {
 public:
  JsonReader(const Page& page, const JsonValue& root, const ExtractorSpec& spec, UtcTime now)
      : page_(page), root_(root), spec_(spec), context_{"", page.url, now} {
    const auto canonical = formats::canonical_url(page.url, formats::TrackingParameters());
    context_.page_url = canonical ? *canonical : page.url;
  }

  Result<Extraction> read() {
    for (const std::string& selector : spec_.error) {
      const Found said = look_up(root_, selector);
      if (said.kind != Found::Kind::missing && said.text != "false" && said.text != "0")
        return fail(Errc::refused, "the service says: " + quoted(said.text), page_.url);
    }
    for (const ItemSpec& items : spec_.items) read_items(items);
    for (const EachSpec& each : spec_.each) read_each(each);
    read_paging();
    out_.begins = !spec_.continued;
    return std::move(out_);
  }

 private:
  void read_items(const ItemSpec& items) {
    const std::optional<std::vector<Element>> list = elements(items.list, items.keyed);
    if (!list) {
      if (items.list_required) add_drift(out_, items.list.front() + " is missing");
      return;
    }
    // A stack, so that replies nested ten thousand deep cost no recursion; last in, first out keeps
    // the document's order.
    std::vector<Element> open(list->rbegin(), list->rend());
    while (!open.empty() && out_.items < max_items_per_page) {
      const Element element = std::move(open.back());
      open.pop_back();
      const std::string id = read_item(items, element);
      if (items.children.empty()) continue;
      const JsonValue* children = formats::find(*element.value, items.children);
      if (children == nullptr) continue;
      const auto& replies = children->items();
      for (std::size_t i = replies.size(); i-- > 0;) {
        open.push_back({&replies[i], element.place + items.children + "/" + std::to_string(i), id});
      }
    }
  }

  // Returns the item's external id, for its replies.
  std::string read_item(const ItemSpec& items, const Element& element) {
    const ItemView view = view_of(element);
    if (!is_wanted(view, items.only_if, items.skip_if)) return element.parent;
    ++out_.items;
    BuiltPost built = build_post(view, items, spec_, context_);
    if (!built.post) {
      ++out_.left_out;
      for (const std::string& what : built.drift) add_drift(out_, what);
      return element.parent;
    }
    if (!built.post->parent && !element.parent.empty()) built.post->parent = element.parent;
    std::string id = built.post->external_id.value_or("");
    out_.posts.push_back(std::move(*built.post));
    return id;
  }

  void read_each(const EachSpec& each) {
    const auto list = elements(each.list, false);
    const bool only_leads_on = spec_.items.empty();
    if (!list) {
      if (only_leads_on) add_drift(out_, each.list.front() + " is missing");
      return;
    }
    std::vector<Variables>& requests = out_.each[each.step];
    std::string missing;  // of the first element that leads nowhere
    for (const Element& element : *list) {
      if (requests.size() >= max_items_per_page) break;
      if (!is_wanted(view_of(element), each.only_if, each.skip_if)) continue;
      Variables variables;
      const std::string* absent = fill(variables, each, *element.value);
      if (absent == nullptr)
        requests.push_back(std::move(variables));
      else if (missing.empty())
        missing = element.place + *absent;
    }
    if (!only_leads_on) return;
    out_.items += requests.size();
    if (requests.empty() && !missing.empty()) add_drift(out_, missing + " is missing");
  }

  // The selector of the first variable that has no value; null pointer where all have one.
  const std::string* fill(Variables& variables, const EachSpec& each, const JsonValue& item) const {
    for (const auto& [name, selectors] : each.variables) {
      for (const std::string& selector : selectors) {
        std::string value = look_up(item, selector).text;
        if (value.empty() && selector.starts_with('/'))
          value = joined(formats::find(item, selector));
        if (value.empty()) continue;
        variables[name] = std::move(value);
        break;
      }
      if (!variables.contains(name)) return &selectors.front();
    }
    return nullptr;
  }

  void read_paging() {
    const auto text_at = [&](const std::string& selector) {
      return selector.empty() ? std::string() : look_up(root_, selector).text;
    };
    const std::string cursor = spec_.cursor.find("/-/") == std::string::npos
                                   ? text_at(spec_.cursor)
                                   : found_value(find_last(spec_.cursor)).text;
    if (!cursor.empty()) out_.cursor = cursor;
    if (const auto url = absolute_url(text_at(spec_.next_url), page_.url))
      out_.next.push_back(*url);
    if (spec_.next_links) {
      for (HeaderLink& link : link_headers(page_.headers, page_.url)) {
        if (link.rel == "next") out_.next.push_back(std::move(link.url));
      }
    }
    out_.total = parse_count(text_at(spec_.total));
    if (!spec_.more.empty()) {
      const std::string more = text_at(spec_.more);
      out_.more = !more.empty() && more != "false" && more != "0";
    }
  }

  // "/posts/-/id": what stands at /id in the last of /posts.
  const JsonValue* find_last(std::string_view pointer) const {
    const std::size_t dash = pointer.find("/-/");
    const JsonValue* list = formats::find(root_, pointer.substr(0, dash));
    if (list == nullptr || list->items().empty()) return nullptr;
    return formats::find(list->items().back(), pointer.substr(dash + 2));
  }

  // The elements of the first alternative that is a list; else of the first that is one object.
  // Nothing where there is none at all.
  std::optional<std::vector<Element>> elements(const Selector& list, bool keyed) const {
    const JsonValue* single = nullptr;
    std::string single_place;
    for (const std::string& pointer : list) {
      const JsonValue* value = formats::find(root_, pointer);
      if (value == nullptr) continue;
      if (value->is_array()) return array_elements(*value, pointer);
      if (value->is_object() && keyed) return keyed_elements(*value, pointer);
      if (single == nullptr && (value->is_object() || value->is_null())) {
        single = value;
        single_place = pointer;
      }
    }
    if (single == nullptr) return std::nullopt;
    if (is_empty(*single)) return std::vector<Element>();
    return std::vector<Element>{{single, single_place, ""}};
  }

  static std::vector<Element> array_elements(const JsonValue& array, const std::string& pointer) {
    std::vector<Element> elements;
    for (std::size_t i = 0; i < array.items().size(); ++i) {
      elements.push_back({&array.items()[i], pointer + "/" + std::to_string(i), ""});
    }
    return elements;
  }

  static std::vector<Element> keyed_elements(const JsonValue& object, const std::string& pointer) {
    std::vector<Element> elements;
    for (const formats::JsonMember& member : object.members()) {
      elements.push_back({&member.value, pointer + "/" + member.key, ""});
    }
    return elements;
  }

  ItemView view_of(const Element& element) const {
    return {element.place, [this, value = element.value](std::string_view selector) {
              return look_up(*value, selector);
            }};
  }

  Found look_up(const JsonValue& item, std::string_view selector) const {
    if (selector.empty() || selector.starts_with('/')) {
      return found_value(formats::find(item, selector));
    }
    if (selector.starts_with(tail_prefix)) return tail_at(item, selector);
    if (selector.starts_with(range_prefix)) return range_at(item, selector);
    if (selector.starts_with('^')) return found_value(formats::find(root_, selector.substr(1)));
    if (selector.starts_with("header:")) {
      const auto header = find_header(page_.headers, selector.substr(7));
      return header ? Found{Found::Kind::text, std::string(*header), {}} : Found{};
    }
    const auto filled = fill_template(selector, spec_.variables,
                                      [&](std::string_view inner) { return look_up(item, inner); });
    return filled ? Found{Found::Kind::text, *filled, {}} : Found{};
  }

  static Found tail_at(const JsonValue& item, std::string_view selector) {
    Found whole = found_value(formats::find(item, selector.substr(tail_prefix.size())));
    if (whole.kind == Found::Kind::text) whole.text.erase(0, whole.text.rfind('/') + 1);
    return whole;
  }

  static Found range_at(const JsonValue& item, std::string_view selector) {
    selector.remove_prefix(range_prefix.size());
    const std::size_t comma = std::min(selector.find(','), selector.size());
    const auto begin = whole_number(item, selector.substr(0, comma));
    const auto length = whole_number(item, selector.substr(std::min(comma + 1, selector.size())));
    if (!begin || !length || *length == 0) return {};
    return {Found::Kind::text,
            "bytes=" + std::to_string(*begin) + "-" + std::to_string(*begin + *length - 1),
            {}};
  }

  static std::optional<std::uint64_t> whole_number(const JsonValue& item,
                                                   std::string_view pointer) {
    const std::string text = found_value(formats::find(item, pointer)).text;
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    constexpr std::uint64_t largest = std::uint64_t{1} << 50;  // a petabyte: no file is longer
    if (error != std::errc() || end != text.data() + text.size() || number > largest) return {};
    return number;
  }

  static std::string joined(const JsonValue* list) {
    std::string text;
    if (list == nullptr) return text;
    const std::size_t count = std::min(list->items().size(), max_joined);
    for (std::size_t i = 0; i < count; ++i) {
      const std::string* one = list->items()[i].as_string();
      if (one == nullptr) return {};
      text += (text.empty() ? "" : ",") + *one;
    }
    return text;
  }

  const Page& page_;
  const JsonValue& root_;
  const ExtractorSpec& spec_;
  ItemContext context_;
  Extraction out_;
};

}  // namespace

Result<Extraction> read_json_source(const Page& page, const ExtractorSpec& spec, UtcTime now) {
  Result<JsonValue> root =
      spec.format == Format::jsonl ? parse_lines(page.body) : parse_leniently(page.body);
  if (!root) {
    Error error = std::move(root).error();
    error.what = "the answer is not the JSON that this source gives: " + error.what;
    if (is_sentence(page.body)) error.what += "; it says: " + quoted(page.body);
    error.where = page.url;
    return fail(std::move(error));
  }
  return JsonReader(page, *root, spec, now).read();
}

}  // namespace testigo::extract
