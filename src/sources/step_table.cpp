#include "sources/step_table.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "sources/body_type.h"
#include "sources/item_table.h"
#include "sources/requests.h"
#include "sources/selector_check.h"
#include "sources/template.h"
#include "text/normalize.h"

namespace testigo::sources {
namespace {

using extract::ExtractorSpec;
using extract::Format;
using formats::TomlValue;

constexpr std::array<std::string_view, 7> paging_kinds = {"none", "cursor",   "page",  "offset",
                                                          "link", "next_url", "before"};

// "404", "403 commentsDisabled".
std::optional<MarkedStatus> parse_marked_status(std::string_view text) {
  MarkedStatus mark;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mark.status);
  if (error != std::errc() || mark.status < 200 || mark.status > 599) return std::nullopt;
  mark.word = text::trim(text.substr(static_cast<std::size_t>(end - text.data())));
  return mark;
}

// The value of a key, else the table: where a message points to.
const TomlValue& at(const TomlValue& table, std::string_view key) {
  const TomlValue* value = table.find(key);
  return value == nullptr ? table : *value;
}

void check_method(CheckedToml& toml, const Step& step, const TomlValue& request) {
  if (step.method != "GET" && step.method != "POST")
    toml.wrong(*request.find("method"), "\"method\" must be GET or POST.");
  if (step.method == "GET" && !step.body.empty())
    toml.wrong(at(request, "body"), "a \"body\" needs method = \"POST\".");
  if (step.body_type != "json" && step.body_type != "form")
    toml.wrong(at(request, "body_type"),
               "\"body_type\" must be json or form; here it is \"" + step.body_type + "\".");
}

// What the body is written in: as the file says, else as it looks.
void read_body_type(CheckedToml& toml, Step& step, const TomlValue& request) {
  const bool said = request.find("body_type") != nullptr;
  const bool written = request.find("body") != nullptr;
  step.body_type = toml.string(request, "body_type", step.body_type);
  if (step.body.empty() || toml.error()) return;
  if (written && !said) {
    const auto type = body_type_of(step.body);
    if (!type)
      return toml.wrong(at(request, "body"),
                        "the \"body\" is neither JSON nor name=value pairs: mend it, or say "
                        "body_type = \"json\" or \"form\".");
    step.body_type = *type;
  } else if (step.body_type == "json" && !gives_json(step.body)) {
    toml.wrong(at(request, "body"),
               "the \"body\" is not JSON once its variables are filled in: put {name} within a "
               "string or write {+name} in its place, or say body_type = \"form\".");
  }
}

// The variable that tells one page from the next; "" where the answer itself says the address.
std::string_view variable_of(PagingKind kind) {
  switch (kind) {
    case PagingKind::page:
      return "page";
    case PagingKind::offset:
      return "offset";
    case PagingKind::cursor:
    case PagingKind::before:
      return "cursor";
    case PagingKind::none:
    case PagingKind::link:
    case PagingKind::next_url:
      break;
  }
  return "";
}

void read_request(CheckedToml& toml, Step& step, const TomlValue& table) {
  const TomlValue* request = table.find("request");
  if (request == nullptr) {
    return toml.wrong(table, "a [request] with its \"url\" is missing: say what to ask for.");
  }
  if (!toml.is(*request, TomlValue::Kind::table, "request")) return;
  toml.only(*request, {"method", "url", "query", "headers", "body", "body_type", "read_as",
                       "nothing", "error", "needs", "unless"});
  const auto says = [&](std::string_view key) { return request->find(key) != nullptr; };
  step.method = toml.string(*request, "method", step.method);
  step.url = toml.required(*request, "url");
  step.body = toml.string(*request, "body", step.body);
  read_body_type(toml, step, *request);
  step.read_as = toml.string(*request, "read_as", step.read_as);
  step.needs = toml.strings(*request, "needs");
  step.unless = toml.strings(*request, "unless");
  if (says("error")) step.extractor.error = toml.strings(*request, "error");
  if (says("nothing")) step.nothing = read_marked_statuses(toml, *request, "nothing");
  if (says("query")) step.query = toml.pairs(*request, "query");
  if (says("headers")) step.headers.clear();
  for (auto& [name, value] : toml.pairs(*request, "headers")) {
    step.headers.push_back({name, value});
  }
  check_method(toml, step, *request);
  const bool web = step.url.starts_with("https://") || step.url.starts_with("http://") ||
                   step.url.starts_with("{+");
  if (!web && !toml.error()) {
    toml.wrong(*request->find("url"), "\"url\" must begin with https:// (or be a {+parameter}).");
  }
}

void read_paging(CheckedToml& toml, Step& step, const TomlValue* table) {
  if (table == nullptr || !toml.is(*table, TomlValue::Kind::table, "paging")) return;
  toml.only(*table, {"kind", "first", "step", "start", "max_pages", "cursor", "next", "total",
                     "more", "newest_first", "oldest", "span", "past_empty"});
  step.paging = {};
  Paging& paging = step.paging;
  paging.kind = toml.one_of<PagingKind>(*table, "kind", paging_kinds);
  constexpr std::int64_t far = 1'000'000;
  paging.first = toml.integer(*table, "first", paging.kind == PagingKind::offset ? 0 : 1, 0, far);
  paging.step = toml.integer(*table, "step", 1, 1, far);
  paging.start = toml.string(*table, "start");
  paging.max_pages = static_cast<std::size_t>(toml.integer(*table, "max_pages", 100, 1, far));
  paging.newest_first = toml.boolean(*table, "newest_first", false);
  paging.span = toml.string(*table, "span");
  paging.past_empty = toml.boolean(*table, "past_empty", false);
  step.extractor.cursor = toml.string(*table, "cursor");
  step.extractor.next_url = toml.string(*table, "next");
  step.extractor.total = toml.string(*table, "total");
  step.extractor.more = toml.string(*table, "more");
  step.extractor.oldest = toml.string(*table, "oldest");
  step.extractor.next_links = paging.kind == PagingKind::link;
  for (const std::string_view key : {"cursor", "next", "total", "more", "oldest"}) {
    const Format format = step.extractor.format;
    if (table->find(key) != nullptr)
      check_selectors(toml, format, toml.strings(*table, key), *table->find(key), key);
  }
  const bool by_cursor = paging.kind == PagingKind::cursor || paging.kind == PagingKind::before;
  if (by_cursor && step.extractor.cursor.empty()) {
    toml.wrong(*table, "paging by " + std::string(to_string(paging.kind)) +
                           " needs \"cursor\": where the answer keeps the next one.");
  }
  if (paging.kind == PagingKind::next_url && step.extractor.next_url.empty()) {
    toml.wrong(*table, "paging by next_url needs \"next\": where the answer keeps that URL.");
  }
  const bool counts = paging.kind == PagingKind::page || paging.kind == PagingKind::offset;
  if (paging.past_empty && (!counts || step.nothing.empty()) && !toml.error())
    toml.wrong(*table->find("past_empty"),
               "\"past_empty\" is for paging by page and offset where the request's \"nothing\" "
               "says what the end is.");
  if (!paging.span.empty() && paging.kind != PagingKind::before)
    toml.wrong(*table->find("span"), "\"span\" is for paging by before.");
  const std::string_view variable = paging.span.empty() ? variable_of(paging.kind) : "until_stamp";
  if (!variable.empty() && !toml.error() && !uses(step, variable)) {
    const std::string name(variable);
    toml.wrong(*table, "paging by " + name + " needs {" + name + "} in the request's url, query, " +
                           "headers or body: without it each page would be the first.");
  }
}

void read_items(CheckedToml& toml, ExtractorSpec& spec, const TomlValue& table) {
  const TomlValue* items = table.find("items");
  const bool fielded =
      spec.format == Format::json || spec.format == Format::jsonl || spec.format == Format::html;
  if (items == nullptr) return;
  if (!fielded) {
    return toml.wrong(*items, "[items] is for json, jsonl and html; the format \"" +
                                  std::string(to_string(spec.format)) + "\" finds its own.");
  }
  spec.items.clear();
  if (items->kind == TomlValue::Kind::table) {
    spec.items.push_back(read_item_table(toml, spec.format, *items));
  } else if (toml.is(*items, TomlValue::Kind::array, "items")) {
    for (const TomlValue& one : items->items)
      spec.items.push_back(read_item_table(toml, spec.format, one));
  }
}

}  // namespace

Step read_step_table(CheckedToml& toml, const TomlValue& table, Step like) {
  Step step = std::move(like);
  const std::string usual(to_string(step.extractor.format));
  const std::string format = toml.string(table, "format", usual);
  if (const auto parsed = extract::parse_format(format)) {
    step.extractor.format = *parsed;
  } else if (!toml.error()) {
    toml.wrong(*table.find("format"),
               unknown_name("format", format,
                            Names{"json", "html", "feed", "page", "sitemap", "jsonl", "warc"}));
  }
  step.extractor.articles = toml.boolean(table, "articles", step.extractor.articles);
  const bool pages = step.extractor.format == Format::page || step.extractor.format == Format::warc;
  if (step.extractor.articles && !pages && !toml.error())
    toml.wrong(*table.find("articles"), "\"articles\" is for the formats page and warc.");
  step.whole = toml.boolean(table, "whole", step.whole);
  read_request(toml, step, table);
  read_paging(toml, step, table.find("paging"));
  read_items(toml, step.extractor, table);
  return step;
}

std::vector<MarkedStatus> read_marked_statuses(CheckedToml& toml, const TomlValue& table,
                                               std::string_view key) {
  std::vector<MarkedStatus> marks;
  for (const std::string& text : toml.strings(table, key)) {
    if (const auto parsed = parse_marked_status(text)) {
      marks.push_back(*parsed);
    } else {
      toml.wrong(*table.find(key), "\"" + text +
                                       "\" must be a status, and a word of the body if need be: "
                                       "\"404\", \"403 closed\".");
    }
  }
  return marks;
}

std::string_view to_string(PagingKind kind) { return paging_kinds[static_cast<std::size_t>(kind)]; }

}  // namespace testigo::sources
