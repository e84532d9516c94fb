#include "sources/source.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "formats/toml.h"
#include "sources/auth_table.h"
#include "sources/chain_table.h"
#include "sources/checked_toml.h"
#include "sources/source_check.h"
#include "sources/step_table.h"
#include "text/fold.h"

namespace testigo::sources {
namespace {

using extract::ExtractorSpec;
using extract::Format;
using formats::TomlDocument;
using formats::TomlMember;
using formats::TomlValue;

// What a source may give.
constexpr std::array<std::string_view, 5> kinds_given = {"reviews", "comments", "posts", "articles",
                                                         "interest"};

constexpr std::size_t max_links_of_page = 2000;       // that one page may add to a crawl
constexpr std::size_t max_links_of_sitemap = 50'000;  // the most that sitemaps.org allows in one

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

// Reads one file.
class Loader : private CheckedToml {
 public:
  explicit Loader(const TomlDocument& document) : CheckedToml(document) {}

  Result<Source> load() {
    const TomlValue& root = document().root();
    only(root, {"whole",      "title", "about", "tier",        "gives",  "format", "language",
                "parameters", "auth",  "rate",  "request",     "paging", "items",  "articles",
                "discover",   "step",  "terms", "about_brand", "robots", "cookies"});
    Source source;
    source.id = SourceId(stem_of(document().file()));
    source.file = document().file();
    source.title = required(root, "title");
    source.about = string(root, "about");
    source.tier = static_cast<int>(integer(root, "tier", 1, 1, 3));
    source.gives = strings(root, "gives");
    check_gives(source);
    source.about_brand = boolean(root, "about_brand", false);
    source.robots = boolean(root, "robots", true);
    source.cookies = boolean(root, "cookies", false);
    read_parameters(source, root.find("parameters"));
    if (const TomlValue* auth = root.find("auth")) source.auth = read_auth_table(*this, *auth);
    read_terms(source, root.find("terms"));
    read_discovery(source, root.find("discover"));
    read_steps(source, root);
    read_rate(source, root.find("rate"));
    check_source(*this, source);
    add_discovery_steps(source);
    if (error()) return fail(*error());
    return source;
  }

 private:
  void check_gives(const Source& source) {
    const Names known(kinds_given.begin(), kinds_given.end());
    for (const std::string& kind : source.gives) {
      if (std::find(known.begin(), known.end(), kind) != known.end()) continue;
      wrong(*document().root().find("gives"), unknown_name("kind", kind, known));
    }
  }

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

  void read_rate(Source& source, const TomlValue* table) {
    if (table == nullptr || !is(*table, TomlValue::Kind::table, "rate")) return;
    only(*table, {"gap", "limited", "wait"});
    const std::string gap = required(*table, "gap");
    source.limited = read_marked_statuses(*this, *table, "limited");
    const std::string wait = string(*table, "wait");
    for (Step& step : source.steps) step.extractor.wait = wait;
    if (error()) return;
    const auto parsed = parse_gap(gap);
    if (!parsed)
      return wrong(*table->find("gap"), "\"gap\" must be a time such as \"2s\" or \"500ms\".");
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
    only(*table, {"links", "sitemap", "feeds", "comment_feeds", "max_depth"});
    source.discovery.links = boolean(*table, "links", true);
    source.discovery.sitemap = boolean(*table, "sitemap", false);
    constexpr int deepest = 20;
    source.discovery.max_depth = static_cast<int>(integer(*table, "max_depth", 3, 0, deepest));
    source.discovery.feeds = boolean(*table, "feeds", false);
    for (const std::string& part : strings(*table, "comment_feeds"))
      source.discovery.comment_feeds.push_back(text::fold(part));
  }

  void read_steps(Source& source, const TomlValue& root) {
    Step first;
    first.extractor.source = source.id;
    first.extractor.language = string(root, "language");
    source.steps.push_back(read_step_table(*this, root, std::move(first)));
    source.steps.front().extractor.want_links = source.discovery.links;
    if (source.discovery.links) source.steps.front().max_requests = max_links_of_page;
    if (const TomlValue* steps = root.find("step")) read_chain(*this, *steps, source);
  }

  // What a site offers beside its pages, and how that is read.
  void add_discovery_steps(Source& source) {
    if (error()) return;
    ExtractorSpec& page = source.steps.front().extractor;
    page.comment_feeds = source.discovery.comment_feeds;
    if (source.discovery.sitemap) {
      add_step(source, sitemap_step, Format::sitemap).max_requests = max_links_of_sitemap;
    }
    if (source.discovery.feeds) add_step(source, feed_step, Format::feed);
    if (!source.discovery.comment_feeds.empty()) add_step(source, comment_feed_step, Format::feed);
  }

  static Step& add_step(Source& source, std::string_view name, Format format) {
    Step step;
    step.name = name;
    step.extractor.format = format;
    step.extractor.source = source.id;
    step.extractor.language = source.steps.front().extractor.language;
    step.extractor.want_links = name == feed_step && source.discovery.links;
    step.extractor.comment_feeds = source.discovery.comment_feeds;
    return source.steps.emplace_back(std::move(step));
  }
};

}  // namespace

bool is_source_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

Result<Source> load_source(std::string_view file, std::string_view bytes) {
  const Result<TomlDocument> document = formats::parse_toml(file, bytes);
  if (!document) return fail(document.error());
  return Loader(*document).load();
}

}  // namespace testigo::sources
