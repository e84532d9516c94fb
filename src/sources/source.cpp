#include "sources/source.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <span>

#include "formats/toml.h"
#include "formats/xpath.h"
#include "sources/template.h"
#include "text/suggest.h"

namespace testigo::sources {
namespace {

using extract::EachSpec;
using extract::ExtractorSpec;
using extract::Format;
using extract::ItemSpec;
using extract::Markup;
using extract::PostField;
using extract::Selector;
using formats::TomlDocument;
using formats::TomlMember;
using formats::TomlValue;

using Names = std::vector<std::string_view>;

constexpr std::size_t max_links_of_page = 2000;     // that one page may add to a crawl
constexpr std::size_t max_sitemap_requests = 5000;  // pages that one sitemap may add to a crawl

constexpr std::array<std::string_view, 3> auth_kinds = {"none", "query", "header"};
constexpr std::array<std::string_view, 6> paging_kinds = {"none",   "cursor", "page",
                                                          "offset", "link",   "next_url"};

// "500ms", "2s", "1m".
std::optional<std::chrono::milliseconds> parse_gap(std::string_view text) {
  double number = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 0.0) return std::nullopt;
  const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  const double scale = unit == "ms" ? 1.0 : unit == "s" ? 1e3 : unit == "m" ? 6e4 : -1.0;
  constexpr double longest = 3.6e6;  // an hour between two requests is no crawl
  if (scale < 0.0 || number * scale > longest) return std::nullopt;
  return std::chrono::milliseconds(static_cast<std::int64_t>(number * scale));
}

// The stem of "rules/sources/acme.toml".
std::string stem_of(std::string_view file) {
  file.remove_prefix(std::min(file.rfind('/') + 1, file.size()));
  return std::string(file.substr(0, file.rfind(".toml")));
}

bool is_pointer(std::string_view selector) {
  return selector.empty() || selector.starts_with('/');
}

// Reads one file. The first thing that is wrong is kept and everything after it is skipped, so that
// the reading below is a plain list of what a source has.
class Loader {
 public:
  explicit Loader(const TomlDocument& document) : document_(document) {}

  Result<Source> load() {
    const TomlValue& root = document_.root();
    only(root, {"title", "about", "tier", "gives", "format", "language", "parameters", "auth",
                "rate", "request", "paging", "items", "discover", "step", "terms", "about_brand",
                "robots"});
    Source source;
    source.id = SourceId(stem_of(document_.file()));
    source.file = document_.file();
    source.title = required(root, "title");
    source.about = string(root, "about");
    source.tier = static_cast<int>(integer(root, "tier", 1, 1, 3));
    source.gives = strings(root, "gives");
    source.about_brand = boolean(root, "about_brand", false);
    source.robots = boolean(root, "robots", true);
    read_parameters(source, root.find("parameters"));
    read_auth(source, root.find("auth"));
    read_rate(source, root.find("rate"));
    read_terms(source, root.find("terms"));
    read_discovery(source, root.find("discover"));
    source.steps.push_back(step(root, source.id, string(root, "language")));
    read_steps(source, root.find("step"));
    add_sitemap_step(source);
    check_variables(source);
    if (error_) return fail(*std::move(error_));
    return source;
  }

 private:
  // --- what a source has -------------------------------------------------------------------

  void read_parameters(Source& source, const TomlValue* table) {
    if (table == nullptr || !is(*table, TomlValue::Kind::table, "parameters")) return;
    for (const TomlMember& member : table->members) {
      if (!is(member.value, TomlValue::Kind::table, member.key)) return;
      only(member.value, {"about", "required", "default"});
      Parameter parameter;
      parameter.about = string(member.value, "about");
      parameter.required = boolean(member.value, "required", false);
      parameter.defaults = strings(member.value, "default");
      source.parameters[member.key] = std::move(parameter);
    }
  }

  void read_auth(Source& source, const TomlValue* table) {
    if (table == nullptr || !is(*table, TomlValue::Kind::table, "auth")) return;
    only(*table, {"kind", "name", "value", "env", "optional"});
    source.auth.kind = one_of<AuthKind>(*table, "kind", auth_kinds);
    source.auth.name = required(*table, "name");
    source.auth.value = string(*table, "value", "{secret}");
    source.auth.env = required(*table, "env");
    source.auth.optional = boolean(*table, "optional", false);
    if (source.auth.value.find("{secret}") == std::string::npos) {
      wrong(*table->find("value"), "\"value\" must hold {secret}, such as \"Bearer {secret}\".");
    }
  }

  void read_rate(Source& source, const TomlValue* table) {
    if (table == nullptr || !is(*table, TomlValue::Kind::table, "rate")) return;
    only(*table, {"gap"});
    const std::string gap = required(*table, "gap");
    if (error_) return;
    const auto parsed = parse_gap(gap);
    if (!parsed) return wrong(*table->find("gap"), "\"gap\" must be a time such as \"2s\" or \"500ms\".");
    source.gap = *parsed;
  }

  void read_terms(Source& source, const TomlValue* table) {
    if (table == nullptr || !is(*table, TomlValue::Kind::table, "terms")) return;
    only(*table, {"note", "url", "retention_days", "delete_when_gone", "store"});
    source.terms.note = string(*table, "note");
    source.terms.url = string(*table, "url");
    constexpr std::int64_t hundred_years = 36'525;
    if (table->find("retention_days") != nullptr) {
      source.terms.retention_days =
          static_cast<int>(integer(*table, "retention_days", 0, 1, hundred_years));
    }
    source.terms.delete_when_gone = boolean(*table, "delete_when_gone", false);
    source.terms.store = boolean(*table, "store", true);
  }

  void read_discovery(Source& source, const TomlValue* table) {
    if (table == nullptr || !is(*table, TomlValue::Kind::table, "discover")) return;
    only(*table, {"links", "sitemap", "max_depth"});
    source.discovery.links = boolean(*table, "links", true);
    source.discovery.sitemap = boolean(*table, "sitemap", false);
    constexpr int deepest = 20;
    source.discovery.max_depth = static_cast<int>(integer(*table, "max_depth", 3, 0, deepest));
    if (source.discovery.sitemap) implied_steps_.insert("sitemap");
  }

  void read_steps(Source& source, const TomlValue* steps) {
    source.steps.front().extractor.want_links = source.discovery.links;
    if (source.discovery.links) source.steps.front().max_requests = max_links_of_page;
    if (steps == nullptr || !is(*steps, TomlValue::Kind::array, "step")) return;
    for (const TomlValue& table : steps->items) {
      if (!is(table, TomlValue::Kind::table, "step")) return;
      only(table, {"name", "from", "for_each", "variables", "only_if", "skip_if", "max_requests",
                   "format", "request", "paging", "items"});
      Step next = step(table, source.id, source.steps.front().extractor.language);
      next.name = required(table, "name");
      constexpr std::int64_t most = 10'000;
      next.max_requests = static_cast<std::size_t>(integer(table, "max_requests", 200, 1, most));
      attach(source, table, next.name);
      if (error_) return;
      source.steps.push_back(std::move(next));
    }
  }

  // The answers that the step's requests come from yield its variables.
  void attach(Source& source, const TomlValue& table, const std::string& name) {
    const std::string from = string(table, "from");
    EachSpec each;
    each.step = name;
    each.list = strings(table, "for_each");
    each.only_if = strings(table, "only_if");
    each.skip_if = strings(table, "skip_if");
    if (const TomlValue* variables = table.find("variables")) {
      for (const TomlMember& member : variables->members) {
        each.variables[member.key] = strings(*variables, member.key);
      }
    }
    const auto origin = std::find_if(source.steps.begin(), source.steps.end(),
                                     [&](const Step& step) { return step.name == from; });
    if (origin == source.steps.end()) {
      return wrong(*table.find("from"), "there is no step \"" + from + "\" above this one.");
    }
    if (each.list.empty()) {
      return wrong(table, "the step needs \"for_each\": where in the answer its requests come from.");
    }
    check_selectors(origin->extractor.format, each.list, table, "for_each");
    origin->extractor.each.push_back(std::move(each));
  }

  // A site's own sitemap, asked beside the entry request.
  void add_sitemap_step(Source& source) {
    if (error_ || !source.discovery.sitemap) return;
    Step sitemap;
    sitemap.name = "sitemap";
    sitemap.url = "{+url}";
    sitemap.max_requests = max_sitemap_requests;
    sitemap.extractor.format = Format::sitemap;
    sitemap.extractor.source = source.id;
    source.steps.push_back(std::move(sitemap));
  }

  Step step(const TomlValue& table, const SourceId& id, std::string language) {
    Step step;
    step.extractor.source = id;
    step.extractor.language = std::move(language);
    const std::string format = string(table, "format", "json");
    if (const auto parsed = extract::parse_format(format)) {
      step.extractor.format = *parsed;
    } else if (!error_) {
      wrong(*table.find("format"), unknown("format", format, Names{"json", "html", "feed", "page", "sitemap"}));
    }
    read_request(step, table);
    read_paging(step, table.find("paging"));
    read_items(step.extractor, table);
    return step;
  }

  void read_request(Step& step, const TomlValue& table) {
    const TomlValue* request = table.find("request");
    if (request == nullptr) {
      return wrong(table, "a [request] with its \"url\" is missing: say what to ask for.");
    }
    if (!is(*request, TomlValue::Kind::table, "request")) return;
    only(*request, {"method", "url", "query", "headers", "body", "body_type"});
    step.method = string(*request, "method", "GET");
    step.url = required(*request, "url");
    step.body = string(*request, "body");
    step.body_type = string(*request, "body_type", "json");
    step.query = pairs(*request, "query");
    for (auto& [name, value] : pairs(*request, "headers")) {
      step.headers.push_back({name, value});
    }
    const bool web = step.url.starts_with("https://") || step.url.starts_with("http://") ||
                     step.url.starts_with("{+");
    if (!web && !error_) {
      wrong(*request->find("url"), "\"url\" must begin with https:// (or be a {+parameter}).");
    }
  }

  void read_paging(Step& step, const TomlValue* table) {
    if (table == nullptr || !is(*table, TomlValue::Kind::table, "paging")) return;
    only(*table, {"kind", "first", "step", "start", "max_pages", "cursor", "next", "total", "more"});
    Paging& paging = step.paging;
    paging.kind = one_of<PagingKind>(*table, "kind", paging_kinds);
    constexpr std::int64_t far = 1'000'000;
    paging.first = integer(*table, "first", paging.kind == PagingKind::offset ? 0 : 1, 0, far);
    paging.step = integer(*table, "step", 1, 1, far);
    paging.start = string(*table, "start");
    paging.max_pages = static_cast<std::size_t>(integer(*table, "max_pages", 100, 1, far));
    step.extractor.cursor = string(*table, "cursor");
    step.extractor.next_url = string(*table, "next");
    step.extractor.total = string(*table, "total");
    step.extractor.more = string(*table, "more");
    step.extractor.next_links = paging.kind == PagingKind::link;
    if (paging.kind == PagingKind::cursor && step.extractor.cursor.empty()) {
      wrong(*table, "paging by cursor needs \"cursor\": where the answer keeps the next one.");
    }
    if (paging.kind == PagingKind::next_url && step.extractor.next_url.empty()) {
      wrong(*table, "paging by next_url needs \"next\": where the answer keeps that URL.");
    }
  }

  void read_items(ExtractorSpec& spec, const TomlValue& table) {
    const TomlValue* items = table.find("items");
    const bool fielded = spec.format == Format::json || spec.format == Format::html;
    if (items == nullptr) return;
    if (!fielded) {
      return wrong(*items, "[items] is for json and html; the format \"" +
                               std::string(to_string(spec.format)) + "\" finds its own.");
    }
    if (items->kind == TomlValue::Kind::table) {
      spec.items.push_back(item(spec.format, *items));
    } else if (is(*items, TomlValue::Kind::array, "items")) {
      for (const TomlValue& one : items->items) spec.items.push_back(item(spec.format, one));
    }
  }

  ItemSpec item(Format format, const TomlValue& table) {
    only(table, {"list", "list_optional", "keyed", "children", "required", "only_if", "skip_if",
                 "html", "markdown", "bbcode", "quotes", "zone", "scope", "fields", "values",
                 "rating"});
    ItemSpec spec;
    spec.list = strings(table, "list");
    if (table.find("list") == nullptr) wrong(table, "\"list\" is missing: say where the items stand.");
    spec.list_required = !boolean(table, "list_optional", false);
    spec.keyed = boolean(table, "keyed", false);
    spec.children = string(table, "children");
    spec.quotes = string(table, "quotes");
    spec.zone = string(table, "zone");
    spec.scope = string(table, "scope");
    spec.only_if = strings(table, "only_if");
    spec.skip_if = strings(table, "skip_if");
    check_selectors(format, spec.list, table, "list");
    if (!spec.quotes.empty()) check_selectors(Format::html, {spec.quotes}, table, "quotes");
    read_fields(format, spec, table);
    for (const std::string& name : strings(table, "required")) {
      if (const auto field = field_named(table, name)) spec.required.push_back(*field);
    }
    read_markup(spec, table, "html", Markup::html);
    read_markup(spec, table, "markdown", Markup::markdown);
    read_markup(spec, table, "bbcode", Markup::bbcode);
    if (const TomlValue* values = table.find("values")) read_values(spec, *values);
    if (const TomlValue* rating = table.find("rating")) read_scale(spec, *rating);
    return spec;
  }

  void read_fields(Format format, ItemSpec& spec, const TomlValue& table) {
    const TomlValue* fields = table.find("fields");
    if (fields == nullptr) return wrong(table, "[items.fields] is missing: say where a post keeps what.");
    for (const TomlMember& member : fields->members) {
      const auto field = field_named(member.value, member.key);
      if (!field) return;
      spec.fields[*field] = strings(*fields, member.key);
      check_selectors(format, spec.fields[*field], member.value, member.key);
    }
  }

  void read_markup(ItemSpec& spec, const TomlValue& table, std::string_view key, Markup markup) {
    for (const std::string& name : strings(table, key)) {
      if (const auto field = field_named(table, name)) spec.markup[*field] = markup;
    }
  }

  void read_values(ItemSpec& spec, const TomlValue& values) {
    if (!is(values, TomlValue::Kind::table, "values")) return;
    for (const TomlMember& member : values.members) {
      const auto field = field_named(member.value, member.key);
      if (!field) return;
      for (auto& [word, ours] : pairs(values, member.key)) spec.values[*field][word] = ours;
    }
  }

  void read_scale(ItemSpec& spec, const TomlValue& rating) {
    if (!is(rating, TomlValue::Kind::table, "rating")) return;
    only(rating, {"best", "worst", "none"});
    spec.rating_best = real(rating, "best").value_or(5.0);
    spec.rating_worst = real(rating, "worst").value_or(1.0);
    spec.rating_none = real(rating, "none");
    if (spec.rating_best <= spec.rating_worst) {
      wrong(rating, "\"best\" must be greater than \"worst\".");
    }
  }

  std::optional<PostField> field_named(const TomlValue& at, std::string_view name) {
    const auto field = extract::parse_post_field(name);
    if (!field) {
      Names known;
      for (std::size_t i = 0; i < extract::post_field_count; ++i) {
        known.push_back(to_string(static_cast<PostField>(i)));
      }
      wrong(at, unknown("field", name, known));
    }
    return field;
  }

  // --- whether it can work -----------------------------------------------------------------

  void check_selectors(Format format, const Selector& selectors, const TomlValue& at,
                       std::string_view key) {
    for (const std::string& selector : selectors) {
      if (error_) return;
      if (format == Format::html && !selector.starts_with('=') && !selector.starts_with("header:")) {
        if (const Result<void> good = formats::check_xpath(selector); !good) {
          wrong(at, "\"" + std::string(key) + "\" is not XPath 1.0: " + good.error().what);
        }
      }
      if (format == Format::json && (key == "list" || key == "for_each") && !is_pointer(selector)) {
        wrong(at, "\"" + std::string(key) + "\" must be a JSON Pointer such as \"/items\"; here it is \"" +
                      selector + "\".");
      }
    }
  }

  // Every variable in a template must come from somewhere.
  void check_variables(const Source& source) {
    std::set<std::string> known = {"brand", "term",   "since_unix", "since_iso",
                                   "page",  "offset", "cursor"};
    for (const auto& [name, parameter] : source.parameters) known.insert(name);
    for (const Step& step : source.steps) {
      for (const EachSpec& each : step.extractor.each) {
        for (const auto& [name, selectors] : each.variables) known.insert(name);
      }
    }
    for (const Step& step : source.steps) {
      if (step.name == "sitemap" && implied_steps_.contains("sitemap")) continue;
      check_template(step.url, known);
      check_template(step.body, known);
      for (const auto& [name, value] : step.query) check_template(value, known);
      for (const Header& header : step.headers) check_template(header.value, known);
    }
  }

  void check_template(const std::string& text, const std::set<std::string>& known) {
    for (const std::string& name : template_names(text)) {
      if (known.contains(name)) continue;
      const Names names(known.begin(), known.end());
      wrong(document_.root(), "in \"" + text + "\": " + unknown("variable", name, names) +
                                  " Declare it under [parameters." + name + "].");
    }
  }

  // --- typed look-ups ----------------------------------------------------------------------

  template <class T>
  T value_or(Result<std::optional<T>> found, T otherwise) {
    if (error_) return otherwise;
    if (!found) {
      error_ = std::move(found).error();
      return otherwise;
    }
    return *found ? **std::move(found) : otherwise;
  }

  std::string string(const TomlValue& table, std::string_view key, std::string otherwise = {}) {
    return value_or(document_.optional_string(table, key), std::move(otherwise));
  }

  bool boolean(const TomlValue& table, std::string_view key, bool otherwise) {
    return value_or(document_.optional_boolean(table, key), otherwise);
  }

  std::int64_t integer(const TomlValue& table, std::string_view key, std::int64_t otherwise,
                       std::int64_t least, std::int64_t most) {
    const std::int64_t value = value_or(document_.optional_integer(table, key), otherwise);
    const TomlValue* written = table.find(key);
    if (written != nullptr && (value < least || value > most)) {
      wrong(*written, "\"" + std::string(key) + "\" must be between " + std::to_string(least) +
                          " and " + std::to_string(most) + ".");
      return otherwise;
    }
    return value;
  }

  std::optional<double> real(const TomlValue& table, std::string_view key) {
    Result<std::optional<double>> found = document_.optional_real(table, key);
    if (found) return *found;
    if (!error_) error_ = std::move(found).error();
    return std::nullopt;
  }

  std::string required(const TomlValue& table, std::string_view key) {
    Result<std::string> found = document_.required_string(table, key);
    if (found) return *std::move(found);
    if (!error_) error_ = std::move(found).error();
    return {};
  }

  std::vector<std::string> strings(const TomlValue& table, std::string_view key) {
    Result<std::vector<std::string>> found = document_.strings(table, key);
    if (found) return *std::move(found);
    if (!error_) error_ = std::move(found).error();
    return {};
  }

  std::vector<std::pair<std::string, std::string>> pairs(const TomlValue& table,
                                                         std::string_view key) {
    std::vector<std::pair<std::string, std::string>> found;
    const TomlValue* inner = table.find(key);
    if (inner == nullptr || !is(*inner, TomlValue::Kind::table, key)) return found;
    for (const TomlMember& member : inner->members) {
      found.emplace_back(member.key, string(*inner, member.key));
    }
    return found;
  }

  template <class Enum, std::size_t N>
  Enum one_of(const TomlValue& table, std::string_view key,
              const std::array<std::string_view, N>& names) {
    const std::string name = required(table, key);
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<Enum>(found - names.begin());
    if (!error_) wrong(*table.find(key), unknown(key, name, Names(names.begin(), names.end())));
    return Enum{};
  }

  bool is(const TomlValue& value, TomlValue::Kind kind, std::string_view key) {
    if (value.kind == kind) return true;
    wrong(value, "\"" + std::string(key) + "\" must be " + std::string(article(kind)) +
                     std::string(to_string(kind)) + "; here it is " +
                     std::string(article(value.kind)) + std::string(to_string(value.kind)) + ".");
    return false;
  }

  static std::string_view article(TomlValue::Kind kind) {
    return kind == TomlValue::Kind::integer || kind == TomlValue::Kind::array ? "an " : "a ";
  }

  void only(const TomlValue& table, const Names& keys) {
    if (error_) return;
    if (Result<void> known = document_.only_keys(table, keys); !known) {
      error_ = std::move(known).error();
    }
  }

  static std::string unknown(std::string_view kind, std::string_view name, const Names& known) {
    std::string what = "there is no " + std::string(kind) + " \"" + std::string(name) + "\"";
    const auto meant = text::did_you_mean(name, known);
    if (meant) return what + "; did you mean \"" + std::string(*meant) + "\"?";
    what += "; known are";
    for (const std::string_view one : known) what += " " + std::string(one);
    return what + ".";
  }

  void wrong(const TomlValue& at, std::string what) {
    if (!error_) error_ = Error{Errc::malformed, std::move(what), document_.where(at)};
  }

  const TomlDocument& document_;
  std::optional<Error> error_;
  std::set<std::string> implied_steps_;
};

}  // namespace

Result<Source> load_source(std::string_view file, std::string_view bytes) {
  const Result<TomlDocument> document = formats::parse_toml(file, bytes);
  if (!document) return fail(document.error());
  return Loader(*document).load();
}

std::string_view to_string(AuthKind kind) { return auth_kinds[static_cast<std::size_t>(kind)]; }

std::string_view to_string(PagingKind kind) {
  return paging_kinds[static_cast<std::size_t>(kind)];
}

}  // namespace testigo::sources
