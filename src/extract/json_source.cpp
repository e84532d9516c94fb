#include "extract/json_source.h"

#include <utility>

#include "extract/drift.h"
#include "extract/item.h"
#include "extract/number.h"
#include "extract/paging.h"
#include "extract/plain.h"
#include "formats/canonical_url.h"
#include "formats/json.h"

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

  Extraction read() {
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
    if (!list) return;
    std::vector<Variables>& requests = out_.each[each.step];
    for (const Element& element : *list) {
      if (requests.size() >= max_items_per_page) return;
      const ItemView view = view_of(element);
      if (!is_wanted(view, each.only_if, each.skip_if)) continue;
      std::optional<Variables> variables = variables_of(each, view);
      if (variables) requests.push_back(std::move(*variables));
    }
  }

  static std::optional<Variables> variables_of(const EachSpec& each, const ItemView& view) {
    Variables variables;
    for (const auto& [name, selectors] : each.variables) {
      for (const std::string& selector : selectors) {
        const Found value = view.look_up(selector);
        if (value.text.empty()) continue;
        variables[name] = value.text;
        break;
      }
      if (!variables.contains(name)) return std::nullopt;
    }
    return variables;
  }

  void read_paging() {
    const auto text_at = [&](const std::string& selector) {
      return selector.empty() ? std::string() : look_up(root_, selector).text;
    };
    if (const std::string cursor = text_at(spec_.cursor); !cursor.empty()) out_.cursor = cursor;
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
    if (selector.starts_with('^')) return found_value(formats::find(root_, selector.substr(1)));
    if (selector.starts_with("header:")) {
      const auto header = find_header(page_.headers, selector.substr(7));
      return header ? Found{Found::Kind::text, std::string(*header), {}} : Found{};
    }
    const auto filled = fill_template(selector, spec_.variables,
                                      [&](std::string_view inner) { return look_up(item, inner); });
    return filled ? Found{Found::Kind::text, *filled, {}} : Found{};
  }

  const Page& page_;
  const JsonValue& root_;
  const ExtractorSpec& spec_;
  ItemContext context_;
  Extraction out_;
};

}  // namespace

Result<Extraction> read_json_source(const Page& page, const ExtractorSpec& spec, UtcTime now) {
  Result<JsonValue> root = formats::parse_json(page.body);
  if (!root) {
    Error error = std::move(root).error();
    error.what = "the answer is not the JSON that this source gives: " + error.what;
    error.where = page.url;
    return fail(std::move(error));
  }
  return JsonReader(page, *root, spec, now).read();
}

}  // namespace testigo::extract
