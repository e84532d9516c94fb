#include "extract/json_source.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "extract/condition.h"
#include "extract/departed.h"
#include "extract/drift.h"
#include "extract/item.h"
#include "extract/json_elements.h"
#include "extract/json_error.h"
#include "extract/json_fields.h"
#include "extract/json_ld.h"
#include "extract/json_leads.h"
#include "extract/json_values.h"
#include "extract/number.h"
#include "extract/paging.h"
#include "extract/plain.h"
#include "extract/text_template.h"
#include "formats/canonical_url.h"
#include "formats/date.h"
#include "formats/encoding_sniff.h"
#include "formats/json.h"
#include "formats/json_document.h"
#include "text/charset.h"
#include "text/mixed_utf8.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::extract {
namespace {

using formats::JsonDocument;
using formats::JsonKeys;
using formats::JsonNode;

constexpr std::size_t longest_sentence = 300;        // of an error in place of an answer
constexpr std::size_t longest_quote = 120;           // of it in one of our messages
constexpr std::size_t max_lines = 100'000;           // of JSON in one answer
constexpr std::int64_t longest_asked_wait = 86'400;  // seconds: no quota is longer than a day's

// Errors in words, where JSON was due: "Your query was too short or too long."
bool is_sentence(std::string_view body) {
  body = text::trim(body);
  return !body.empty() && body.size() <= longest_sentence &&
         std::string_view("{[<\"").find(body.front()) == std::string_view::npos;
}

// The text of an answer that is not UTF-8, as its charset says; what cannot be read is U+FFFD.
std::string decoded(const Page& page) {
  const auto type = find_header(page.headers, "content-type").value_or("");
  const formats::SniffedEncoding encoding = formats::sniff_encoding(page.body, type);
  const bool is_told = encoding.evidence == formats::EncodingEvidence::byte_order_mark ||
                       encoding.evidence == formats::EncodingEvidence::http_header;
  if (!is_told || encoding.name == "UTF-8") return text::mend_mixed_utf8(page.body);
  return text::decode_to_utf8(page.body, encoding.name).value_or(text::replace_invalid(page.body));
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

Result<JsonDocument> read_text(const std::string& text, const ExtractorSpec& spec) {
  if (spec.format == Format::jsonl) return read_lines(text);
  const auto keys = keys_of(spec);
  return keys ? formats::pick_json(text, *keys) : formats::read_json(text);
}

// An answer's text, and what is read of it, which may hold parts of that.
struct Answer {
  std::unique_ptr<const std::string> mended;  // where that is not the page's body
  Result<JsonDocument> document;

  [[nodiscard]] const std::string& text(const Page& page) const {
    return mended ? *mended : page.body;
  }
};

// Services leave bytes that are no UTF-8, control characters and escapes of their own in strings;
// else it is strict JSON.
Answer read_answer(const Page& page, const ExtractorSpec& spec) {
  Answer answer{nullptr, read_text(page.body, spec)};
  const auto again = [&](std::string text) {
    auto mended = std::make_unique<const std::string>(std::move(text));
    Result<JsonDocument> document = read_text(*mended, spec);
    if (document) answer = {std::move(mended), std::move(document)};
  };
  const auto is_malformed = [&] {
    return !answer.document && answer.document.error().code == Errc::malformed;
  };
  if (!is_malformed()) return answer;
  const bool is_utf8 = text::is_valid_utf8(page.body);
  std::string utf8 = is_utf8 ? page.body : decoded(page);
  if (!is_utf8) again(utf8);
  if (is_malformed() && spec.format == Format::json) again(mend_json(utf8));
  return answer;
}

// What the items of one list are named by, and which of its posts names which key.
struct Keys {
  std::unordered_map<std::string, std::string> ids;
  std::vector<std::pair<std::size_t, std::string>> answered;
};

// Whether they are lists at places of their own, and not parts of one that are read differently.
bool are_apart(const std::vector<ItemSpec>& items) {
  return items.size() > 1 && std::all_of(items.begin() + 1, items.end(), [&](const ItemSpec& one) {
           return one.list != items.front().list;
         });
}

// Of a template that stands outside of any item.
Found nothing(std::string_view) { return {}; }

class JsonReader {
 public:
  JsonReader(const Page& page, const Answer& answer, const ExtractorSpec& spec, UtcTime now)
      : page_(page),
        answer_(answer),
        root_(answer.document->root()),
        spec_(spec),
        values_(page, root_, spec),
        context_{"", formats::LinkBase(page.url), now} {
    const auto canonical = formats::canonical_url(page.url, formats::TrackingParameters());
    context_.page_url = canonical ? *canonical : page.url;
  }

  // What the answer says at the source's `error`, quoted.
  std::optional<std::string> error() const {
    return said_error(values_, root_, answer_.text(page_), spec_.error);
  }

  Result<Extraction> read() {
    if (const auto said = error())
      return fail(Errc::refused, "the service says: " + *said, page_.url);
    const bool several = are_apart(spec_.items);
    for (const ItemSpec& items : spec_.items) {
      read_items(items);
      if (several) out_.lists.push_back(out_.posts.size());
    }
    for (const EachSpec& each : spec_.each) read_each(each);
    unread_.tell(out_);
    drop_shown(out_);
    read_paging();
    out_.begins = !spec_.continued;
    return std::move(out_);
  }

 private:
  // Whether the answer is one that has no list by the source's own word.
  bool may_be_missing(const ItemSpec& items) const {
    if (items.list_required || items.instead.empty()) return !items.list_required;
    return std::any_of(items.instead.begin(), items.instead.end(), [&](const std::string& sign) {
      if (sign == nothing_instead) return root_.is_object() && root_.members().empty();
      const JsonNode found = formats::find(root_, sign);
      return found && !found.is_null();
    });
  }

  void read_items(const ItemSpec& items) {
    ElementList list = elements_at(root_, items.list, items.keyed);
    if (!list.wrong.empty()) {
      if (list.told || !may_be_missing(items)) add_drift(out_, list.wrong);
      return;
    }
    out_.posts.reserve(out_.posts.size() + std::min(list.elements.size(), max_items_per_page));
    JsonFields fields(items, values_);
    Keys keys;
    read_list(items, list.elements, fields, keys);
    give_parents(items, keys);
  }

  void read_list(const ItemSpec& items, std::vector<JsonElement>& list, JsonFields& fields,
                 Keys& keys) {
    if (items.children.empty()) {
      for (const JsonElement& element : list)
        if (out_.items < max_items_per_page) read_item(items, element, fields, keys);
      return;
    }
    // A stack, so that replies nested ten thousand deep cost no recursion; last in, first out keeps
    // the document's order.
    std::vector<JsonElement> open(std::make_move_iterator(list.rbegin()),
                                  std::make_move_iterator(list.rend()));
    while (!open.empty() && out_.items < max_items_per_page) {
      const JsonElement element = std::move(open.back());
      open.pop_back();
      const Place place = read_item(items, element, fields, keys);
      for (auto pointer = items.children.rbegin(); pointer != items.children.rend(); ++pointer) {
        std::vector<JsonElement> replies =
            array_elements(formats::find(element.value, *pointer), element.place + *pointer);
        for (auto reply = replies.rbegin(); reply != replies.rend(); ++reply) {
          reply->parent = place.id;
          reply->item = place.item;
          open.push_back(std::move(*reply));
        }
      }
    }
  }

  // Where an item's replies belong: its external id, and what it is about.
  struct Place {
    std::string id;
    std::string item;
  };
  Place read_item(const ItemSpec& items, const JsonElement& element, JsonFields& fields,
                  Keys& keys) {
    const ItemView view = view_of(element, values_);
    const bool wanted = is_wanted(view, items.only_if, items.skip_if);
    if (!wanted && !is_other_answer(items, element, fields)) {
      ++out_.skipped;
      return {element.parent, element.item};
    }
    if (is_gone(view, items)) {
      ++out_.skipped;
      add_departed(out_, item_id(view, fields.of(element.value), items, spec_, context_));
      return {element.parent, element.item};
    }
    ++out_.items;
    out_.shortened = out_.shortened || has_more(view, items);
    const FoundFields& found = fields.of(element.value);
    BuiltPost built = build_post(view, found, items, spec_, context_);
    if (!built.post) {
      ++out_.left_out;
      for (const std::string& what : built.drift) add_drift(out_, what);
      return {element.parent, element.item};
    }
    unread_.note(std::move(built.unread));
    Post& post = *built.post;
    // What an item itself says of its parent is surer than its place; what is said of all is not.
    const FoundField& parent = found[static_cast<std::size_t>(PostField::parent)];
    const bool says_itself = post.parent && parent.selector.starts_with('/');
    if (!says_itself && !element.parent.empty()) post.parent = element.parent;
    if (!post.item && !element.item.empty()) post.item = element.item;
    Place place{post.external_id.value_or(""), ""};
    if (!items.children.empty()) place.item = post.item ? *post.item : post.title.value_or("");
    note_keys(items, element, place.id, keys);
    out_.posts.push_back(std::move(post));
    return place;
  }

  // Whether an answer that is one object in place of a list is none of the source's at all: it has
  // nothing of what its items must have.
  static bool is_other_answer(const ItemSpec& items, const JsonElement& element,
                              JsonFields& fields) {
    if (!element.place.empty() || items.required.empty()) return false;
    const FoundFields& found = fields.of(element.value);
    return std::all_of(items.required.begin(), items.required.end(), [&](PostField field) {
      return found[static_cast<std::size_t>(field)].found.is_missing();
    });
  }

  void note_keys(const ItemSpec& items, const JsonElement& element, const std::string& id,
                 Keys& keys) const {
    if (items.answers.empty()) return;
    const auto text_at = [&](const std::string& selector) {
      return std::string(values_.look_up(element.value, selector).text());
    };
    const std::string key = items.key.empty() ? id : text_at(items.key);
    if (!key.empty() && !id.empty()) keys.ids.emplace(key, id);
    const std::string answers = text_at(items.answers);
    if (!answers.empty() && answers != "0" && answers != "false")
      keys.answered.emplace_back(out_.posts.size(), answers);
  }

  void give_parents(const ItemSpec& items, Keys& keys) {
    for (const auto& [key, id] : items.known) {
      const auto known_key = fill_template(key, values_.variables(), nothing);
      const auto known_id = fill_template(id, values_.variables(), nothing);
      if (known_key && known_id) keys.ids.emplace(*known_key, *known_id);
    }
    for (const auto& [key, id] : keys.ids) named_.insert(key);
    for (const auto& [post, key] : keys.answered) {
      const auto found = keys.ids.find(key);
      std::optional<std::string>& parent = out_.posts[post].parent;
      parent.reset();
      if (found != keys.ids.end() && found->second != out_.posts[post].external_id)
        parent = found->second;
    }
  }

  void read_each(const EachSpec& each) {
    ElementList list = elements_at(root_, each.list, false);
    const bool only_leads_on = spec_.items.empty();
    if (!list.wrong.empty()) {
      if (only_leads_on) add_drift(out_, list.wrong);
      return;
    }
    JsonLeads leads = read_leads(each, std::move(list.elements), values_, named_);
    if (only_leads_on) {
      out_.skipped += leads.skipped;
      out_.items += leads.requests.size();
      if (leads.requests.empty() && !leads.missing.empty())
        add_drift(out_, leads.missing + " is missing");
    }
    out_.each[each.step] = std::move(leads.requests);
  }

  void read_paging() {
    const auto text_at = [&](const std::string& selector) {
      return selector.empty() ? std::string() : std::string(values_.look_up(selector).text());
    };
    const auto last_at = [&](const std::string& selector) {
      if (selector.find("/-/") == std::string::npos) return text_at(selector);
      return std::string(values_.look_up_in_last(selector).text());
    };
    if (std::string cursor = last_at(spec_.cursor); !cursor.empty())
      out_.cursor = std::move(cursor);
    if (!spec_.oldest.empty())
      out_.oldest = formats::parse_date(last_at(spec_.oldest), context_.now, "");
    if (const auto url = context_.base.resolve(text_at(spec_.next_url))) out_.next.push_back(*url);
    if (spec_.next_links) {
      for (HeaderLink& link : link_headers(page_.headers, page_.url)) {
        if (link.rel == "next") out_.next.push_back(std::move(link.url));
      }
    }
    read_total();
    if (const auto seconds = parse_count(text_at(spec_.wait)); seconds && *seconds > 0)
      out_.wait = std::chrono::seconds(std::min(*seconds, longest_asked_wait));
    if (spec_.more.empty()) return;
    const Condition more = parse_condition(spec_.more);
    const std::string said = last_at(std::string(more.place));
    out_.more = more.word ? said == *more.word : !said.empty() && said != "false" && said != "0";
  }

  // How far a list goes is told by a number, or not at all.
  void read_total() {
    const Found total = spec_.total.empty() ? Found() : values_.look_up(spec_.total);
    out_.total = parse_count(total.text());
    if (!total.is_blank() && !out_.total)
      add_drift(out_, spec_.total + " is no number: " +
                          (total.kind() == Found::Kind::other
                               ? std::string(total.type_name())
                               : quoted(total.text(), longest_shown_value)));
  }

  const Page& page_;
  const Answer& answer_;
  JsonNode root_;
  const ExtractorSpec& spec_;
  JsonValues values_;
  ItemContext context_;
  std::unordered_set<std::string> named_;  // keys of the answer's items
  UnreadValues unread_;
  Extraction out_;
};

}  // namespace

std::optional<std::string> error_words_of_json(const Page& page, const ExtractorSpec& spec) {
  const Answer answer = read_answer(page, spec);
  if (!answer.document) return std::nullopt;
  return JsonReader(page, answer, spec, page.fetched_at).error();
}

Result<Extraction> read_json_source(const Page& page, const ExtractorSpec& spec, UtcTime now) {
  const Answer answer = read_answer(page, spec);
  if (!answer.document) {
    Error error = answer.document.error();
    error.what = "the answer is not the JSON that this source gives: " + error.what;
    if (is_sentence(page.body)) error.what += "; it says: " + quoted(page.body, longest_quote);
    error.where = page.url;
    return fail(std::move(error));
  }
  return JsonReader(page, answer, spec, now).read();
}

}  // namespace testigo::extract
