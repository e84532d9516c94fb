#include "extract/json_source.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "extract/drift.h"
#include "extract/item.h"
#include "extract/json_fields.h"
#include "extract/json_ld.h"
#include "extract/json_values.h"
#include "extract/number.h"
#include "extract/paging.h"
#include "extract/plain.h"
#include "formats/canonical_url.h"
#include "formats/json.h"
#include "formats/json_document.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::JsonDocument;
using formats::JsonKeys;
using formats::JsonNode;

// An empty object or array says no more than null does.
bool is_empty(JsonNode value) {
  return value.is_null() || (value.is_array() && value.items().empty()) ||
         (value.is_object() && value.members().empty());
}

constexpr std::size_t longest_sentence = 300;        // of an error in place of an answer
constexpr std::size_t longest_quote = 120;           // of it in one of our messages
constexpr std::size_t max_lines = 100'000;           // of JSON in one answer
constexpr std::int64_t longest_asked_wait = 86'400;  // seconds: no quota is longer than a day's

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
Result<JsonDocument> read_leniently(const std::string& body, const std::optional<JsonKeys>& keys) {
  Result<JsonDocument> document = keys ? formats::pick_json(body, *keys) : formats::read_json(body);
  if (document || document.error().code != Errc::malformed) return document;
  Result<JsonDocument> mended = formats::read_json(mend_json(body));
  return mended ? std::move(mended) : std::move(document);
}

// An array of the lines' values.
Result<JsonDocument> read_lines(std::string_view body) {
  formats::JsonDocumentBuilder lines(body.size());
  const std::size_t array = lines.open_array();
  std::size_t count = 0;
  while (!body.empty()) {
    const std::string_view line = body.substr(0, body.find('\n'));
    body.remove_prefix(std::min(line.size() + 1, body.size()));
    if (text::trim(line).empty()) continue;
    if (++count > max_lines)
      return fail(Errc::limit_exceeded, "it has more than " + std::to_string(max_lines) + " lines");
    const Result<formats::JsonValue> value = formats::parse_json(line);
    if (!value) return fail(value.error());
    lines.value(*value);
  }
  lines.close(array);
  return lines.finish();
}

// A list's elements, each with the pointer that names it.
struct Element {
  JsonNode value;
  std::string place;
  std::string parent;  // external id of the item whose children it is among
};

class JsonReader {
 public:
  JsonReader(const Page& page, JsonNode root, const ExtractorSpec& spec, UtcTime now)
      : page_(page),
        root_(root),
        spec_(spec),
        values_(page, root, spec),
        context_{"", formats::LinkBase(page.url), now} {
    const auto canonical = formats::canonical_url(page.url, formats::TrackingParameters());
    context_.page_url = canonical ? *canonical : page.url;
  }

  Result<Extraction> read() {
    for (const std::string& selector : spec_.error) {
      const Found said = values_.look_up(selector);
      if (!said.is_missing() && said.text() != "false" && said.text() != "0")
        return fail(Errc::refused, "the service says: " + quoted(said.text()), page_.url);
    }
    for (const ItemSpec& items : spec_.items) read_items(items);
    for (const EachSpec& each : spec_.each) read_each(each);
    read_paging();
    out_.begins = !spec_.continued;
    return std::move(out_);
  }

 private:
  void read_items(const ItemSpec& items) {
    std::optional<std::vector<Element>> list = elements(items.list, items.keyed);
    if (!list) {
      if (items.list_required) add_drift(out_, items.list.front() + " is missing");
      return;
    }
    out_.posts.reserve(out_.posts.size() + std::min(list->size(), max_items_per_page));
    JsonFields fields(items, values_);
    if (items.children.empty()) {
      for (const Element& element : *list)
        if (out_.items < max_items_per_page) read_item(items, element, fields);
      return;
    }
    // A stack, so that replies nested ten thousand deep cost no recursion; last in, first out keeps
    // the document's order.
    std::vector<Element> open(std::make_move_iterator(list->rbegin()),
                              std::make_move_iterator(list->rend()));
    while (!open.empty() && out_.items < max_items_per_page) {
      const Element element = std::move(open.back());
      open.pop_back();
      const std::string id = read_item(items, element, fields);
      std::vector<Element> replies = array_elements(formats::find(element.value, items.children),
                                                    element.place + items.children);
      for (auto reply = replies.rbegin(); reply != replies.rend(); ++reply) {
        reply->parent = id;
        open.push_back(std::move(*reply));
      }
    }
  }

  // Returns the item's external id, for its replies.
  std::string read_item(const ItemSpec& items, const Element& element, JsonFields& fields) {
    const ItemView view = view_of(element);
    if (!is_wanted(view, items.only_if, items.skip_if)) {
      ++out_.skipped;
      return element.parent;
    }
    ++out_.items;
    BuiltPost built = build_post(view, fields.of(element.value), items, spec_, context_);
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
      if (!is_wanted(view_of(element), each.only_if, each.skip_if)) {
        ++out_.skipped;
        continue;
      }
      Variables variables;
      const std::string* absent = fill(variables, each, element.value);
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
  const std::string* fill(Variables& variables, const EachSpec& each, JsonNode item) const {
    for (const auto& [name, selectors] : each.variables) {
      for (const std::string& selector : selectors) {
        std::string value(values_.look_up(item, selector).text());
        if (value.empty() && selector.starts_with('/'))
          value = JsonValues::joined(formats::find(item, selector));
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
      return selector.empty() ? std::string() : std::string(values_.look_up(selector).text());
    };
    const std::string cursor = spec_.cursor.find("/-/") == std::string::npos
                                   ? text_at(spec_.cursor)
                                   : std::string(values_.look_up_in_last(spec_.cursor).text());
    if (!cursor.empty()) out_.cursor = cursor;
    if (const auto url = context_.base.resolve(text_at(spec_.next_url))) out_.next.push_back(*url);
    if (spec_.next_links) {
      for (HeaderLink& link : link_headers(page_.headers, page_.url)) {
        if (link.rel == "next") out_.next.push_back(std::move(link.url));
      }
    }
    out_.total = parse_count(text_at(spec_.total));
    if (const auto seconds = parse_count(text_at(spec_.wait)); seconds && *seconds > 0)
      out_.wait = std::chrono::seconds(std::min(*seconds, longest_asked_wait));
    if (!spec_.more.empty()) {
      const std::string more = text_at(spec_.more);
      out_.more = !more.empty() && more != "false" && more != "0";
    }
  }

  // The elements of the first alternative that is a list; else of the first that is one object.
  // Nothing where there is none at all.
  std::optional<std::vector<Element>> elements(const Selector& list, bool keyed) const {
    JsonNode single;
    std::string single_place;
    for (const std::string& pointer : list) {
      const JsonNode value = formats::find(root_, pointer);
      if (value.is_array()) return array_elements(value, pointer);
      if (value.is_object() && keyed) return keyed_elements(value, pointer);
      if (!single && (value.is_object() || value.is_null())) {
        single = value;
        single_place = pointer;
      }
    }
    if (!single) return std::nullopt;
    if (is_empty(single)) return std::vector<Element>();
    return std::vector<Element>{{single, single_place, ""}};
  }

  static std::vector<Element> array_elements(JsonNode array, const std::string& place) {
    std::vector<Element> elements;
    elements.reserve(static_cast<std::size_t>(std::ranges::distance(array.items())));
    for (const JsonNode item : array.items())
      elements.push_back({item, place + "/" + std::to_string(elements.size()), ""});
    return elements;
  }

  static std::vector<Element> keyed_elements(JsonNode object, const std::string& place) {
    std::vector<Element> elements;
    for (const formats::JsonNodeMember member : object.members())
      elements.push_back({member.value, place + "/" + std::string(member.key), ""});
    return elements;
  }

  ItemView view_of(const Element& element) const {
    return {element.place, [this, &element](std::string_view selector) {
              return values_.look_up(element.value, selector);
            }};
  }

  const Page& page_;
  JsonNode root_;
  const ExtractorSpec& spec_;
  JsonValues values_;
  ItemContext context_;
  Extraction out_;
};

}  // namespace

Result<Extraction> read_json_source(const Page& page, const ExtractorSpec& spec, UtcTime now) {
  const Result<JsonDocument> document = spec.format == Format::jsonl
                                            ? read_lines(page.body)
                                            : read_leniently(page.body, keys_of(spec));
  if (!document) {
    Error error = document.error();
    error.what = "the answer is not the JSON that this source gives: " + error.what;
    if (is_sentence(page.body)) error.what += "; it says: " + quoted(page.body);
    error.where = page.url;
    return fail(std::move(error));
  }
  return JsonReader(page, document->root(), spec, now).read();
}

}  // namespace testigo::extract
