#include "sources/source_check.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "sources/auth.h"
#include "sources/requests.h"
#include "sources/selector_check.h"
#include "sources/template.h"
#include "text/language_tag.h"

namespace testigo::sources {
namespace {

using extract::EachSpec;
using extract::ExtractorSpec;
using extract::Format;
using extract::ItemSpec;
using extract::PostField;
using formats::TomlValue;

class SourceCheck {
 public:
  SourceCheck(CheckedToml& toml, const Source& source) : toml_(toml), source_(source) {}

  void check() {
    check_language();
    check_requests();
    check_variables();
    check_needs();
    check_spans();
    check_yields();
    check_words();
    check_secret_host();
    check_auth_headers();
  }

 private:
  void check_language() {
    const std::string& language = source_.steps.front().extractor.language;
    if (language.empty() || text::is_language(language)) return;
    toml_.wrong(
        *toml_.document().root().find("language"),
        "\"" + language + "\" is no language: write its code, such as \"en\" or \"pt-BR\".");
  }

  void check_requests() {
    for (std::size_t i = 0; i < source_.steps.size() && !toml_.error(); ++i) {
      const Step& step = source_.steps[i];
      check_braces(step, request_of_step(i));
      if (names_user(step.url))
        toml_.wrong(*request_of_step(i).find("url"),
                    "a name and a password stand in the address; no file holds them: see [auth].");
      for (const Header& header : step.headers) {
        if (!breaks_line(header.name) && !breaks_line(header.value)) continue;
        toml_.wrong(*request_of_step(i).find("headers"), one_line(header.name));
      }
    }
  }

  // "{product" would be asked for as it stands. A value may be JSON, whose braces are in pairs.
  void check_braces(const Step& step, const TomlValue& request) {
    const auto check = [&](std::string_view key, const std::string& text) {
      if (request.find(key) == nullptr || braces_pair(text)) return;
      toml_.wrong(*request.find(key),
                  "a brace of \"" + text + "\" has no other half; a variable is {name}.");
    };
    check("url", step.url);
    check("read_as", step.read_as);
    for (const auto& [name, value] : step.query) check("query", value);
    for (const Header& header : step.headers) check("headers", header.value);
    if (step.url.find("{}") != std::string::npos)
      toml_.wrong(*request.find("url"),
                  "the braces of \"" + step.url + "\" hold no name; a variable is {name}.");
  }

  static bool braces_pair(std::string_view text) {
    int open = 0;
    for (const char c : text) {
      open += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (open < 0) return false;
    }
    return open == 0;
  }

  // "https://ana:secret@acme.example" (RFC 3986 §3.2.1).
  static bool names_user(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return false;
    const std::string_view authority = url.substr(scheme + 3);
    return authority.substr(0, authority.find_first_of("/?#")).find('@') != std::string_view::npos;
  }

  static std::string one_line(const std::string& what) {
    return "a header is one line: take the line break out of " + what + ".";
  }

  static bool breaks_line(std::string_view text) {
    using namespace std::string_view_literals;
    return text.find_first_of("\r\n\0"sv) != std::string_view::npos;
  }

  // Every variable in a template must come from somewhere.
  void check_variables() {
    std::set<std::string> known = {"brand", "term", std::string(since_unix_variable),
                                   std::string(since_iso_variable)};
    for (const auto& [name, parameter] : source_.parameters) known.insert(name);
    for (const Step& step : source_.steps) {
      for (const EachSpec& each : step.extractor.each) {
        for (const auto& [name, selectors] : each.variables) known.insert(name);
      }
    }
    for (std::size_t i = 0; i < source_.steps.size() && !toml_.error(); ++i) {
      const TomlValue& request = request_of_step(i);
      const Step& step = source_.steps[i];
      if (step.recheck) {
        check_asks_for_ids(step, request);
        continue;
      }
      std::set<std::string> of_step = known;
      of_step.merge(given_by(step.paging));
      check_template(step.url, of_step, request, "url");
      check_template(step.body, of_step, request, "body");
      check_template(step.read_as, of_step, request, "read_as");
      for (const auto& [name, value] : step.query) check_template(value, of_step, request, "query");
      for (const Header& header : step.headers)
        check_template(header.value, of_step, request, "headers");
    }
  }

  // What paging fills in for each page.
  static std::set<std::string> given_by(const Paging& paging) {
    std::set<std::string> given;
    if (paging.kind == PagingKind::page) given = {"page"};
    if (paging.kind == PagingKind::offset) given = {"offset"};
    if (paging.kind == PagingKind::cursor) given = {"cursor"};
    if (paging.kind == PagingKind::before) given = {"cursor", "page"};
    if (!paging.span.empty()) given.insert({"from_stamp", "until_stamp"});
    return given;
  }

  static std::string unknown_variable(const std::string& name, const std::set<std::string>& known) {
    constexpr std::array<std::string_view, 3> of_pages = {"page", "offset", "cursor"};
    if (std::find(of_pages.begin(), of_pages.end(), name) != of_pages.end())
      return "nothing fills {" + name + "}: add [paging] with kind = \"" + name +
             "\", or write there what the one page has.";
    return unknown_name("variable", name, Names(known.begin(), known.end())) +
           " Declare it under [parameters." + name + "].";
  }

  // Of what asks for kept posts the ids are all that is known.
  void check_asks_for_ids(const Step& step, const TomlValue& request) {
    const std::set<std::string> ids = {std::string(ids_variable)};
    std::string all = step.url + step.body;
    for (const auto& [name, value] : step.query) all += value;
    for (const std::string& name : template_names(all))
      if (!ids.contains(name))
        toml_.wrong(request, "a step with recheck = true knows {ids} alone, not {" + name + "}.");
    if (template_names(all).empty())
      toml_.wrong(request, "a step with recheck = true needs {ids} in its url, query or body.");
  }

  void check_template(const std::string& text, const std::set<std::string>& known,
                      const TomlValue& request, std::string_view key) {
    for (const std::string& name : template_names(text)) {
      if (known.contains(name)) continue;
      const TomlValue* value = request.find(key);
      toml_.wrong(value == nullptr ? request : *value,
                  "in \"" + text + "\": " + unknown_variable(name, known));
    }
  }

  // What an entry depends on must be something that a watch can give.
  void check_needs() {
    Names known = {"term", "brand"};
    for (const auto& [name, parameter] : source_.parameters) known.push_back(name);
    for (std::size_t i = 0; i < source_.steps.size(); ++i) {
      check_known(source_.steps[i].needs, known, request_of_step(i), "needs");
      check_known(source_.steps[i].unless, known, request_of_step(i), "unless");
    }
  }

  // The time that a first page looks back is a parameter, so that later pages can do without.
  void check_spans() {
    Names known;
    for (const auto& [name, parameter] : source_.parameters) known.push_back(name);
    for (std::size_t i = 0; i < source_.steps.size() && !toml_.error(); ++i) {
      const std::string& span = source_.steps[i].paging.span;
      const TomlValue* paging = table_of_step(i).find("paging");
      if (span.empty() || paging == nullptr || source_.parameters.contains(span)) continue;
      toml_.wrong(*paging->find("span"), unknown_name("parameter", span, known));
    }
  }

  void check_known(const std::vector<std::string>& names, const Names& known,
                   const TomlValue& request, std::string_view key) {
    for (const std::string& name : names) {
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      toml_.wrong(*request.find(key), unknown_name("parameter", name, known));
    }
  }

  // An answer must give posts, or lead to others that do.
  void check_yields() {
    for (std::size_t i = 0; i < source_.steps.size(); ++i) {
      const ExtractorSpec& spec = source_.steps[i].extractor;
      const bool fielded = is_json(spec.format) || spec.format == Format::html;
      if (!fielded || !spec.items.empty() || !spec.each.empty()) continue;
      toml_.wrong(table_of_step(i), "[items] is missing: say where in the answer the posts stand.");
    }
  }

  // A source's posts say something, be it those of a later step; a number of visits is for sources
  // of interest alone.
  void check_words() {
    const bool interest =
        std::find(source_.gives.begin(), source_.gives.end(), "interest") != source_.gives.end();
    const TomlValue* wordless = nullptr;
    for (std::size_t i = 0; i < source_.steps.size(); ++i) {
      const ExtractorSpec& spec = source_.steps[i].extractor;
      if (spec.items.empty() && spec.each.empty()) return;  // a format that finds its own
      if (std::any_of(spec.items.begin(), spec.items.end(), has_words)) return;
      if (wordless == nullptr) wordless = table_of_step(i).find("items");
    }
    if (interest || wordless == nullptr) return;
    toml_.wrong(*wordless,
                "[items.fields] has neither \"text\" nor \"title\", so that its posts would say "
                "nothing: add text = \"…\", where their words stand.");
  }

  static bool has_words(const ItemSpec& items) {
    return items.fields.contains(PostField::text) || items.fields.contains(PostField::title);
  }

  // A watch, or an answer, must not choose whom a secret is shown to.
  void check_secret_host() {
    if (source_.auth.kind == AuthKind::none || toml_.error()) return;
    const bool named = !source_.auth.host.empty() || !source_.auth.host_env.empty() ||
                       !named_host(source_.steps.front().url).empty();
    if (named) return;
    toml_.wrong(*toml_.document().root().find("auth"),
                "the request's host is a variable: say with \"host\" whom the secret is for, such "
                "as host = \"api.acme.example\".");
  }

  // What a secret is sent with is one line, too, and the secret comes from nowhere but the
  // environment.
  void check_auth_headers() {
    if (source_.auth.kind == AuthKind::none || toml_.error()) return;
    const TomlValue& auth = *toml_.document().root().find("auth");
    const auto at = [&](std::string_view key) -> const TomlValue& {
      const TomlValue* value = auth.find(key);
      return value == nullptr ? auth : *value;
    };
    if (breaks_line(source_.auth.name)) toml_.wrong(at("name"), one_line("\"name\""));
    if (breaks_line(source_.auth.value)) toml_.wrong(at("value"), one_line("\"value\""));
    for (const auto& [name, variable] : source_.auth.beside)
      if (breaks_line(name)) toml_.wrong(at("beside"), one_line("its name"));
    if (names_user(source_.auth.login.url))
      toml_.wrong(at("url"),
                  "a name and a password stand in the address; no file holds them: see \"env\".");
  }

  // The table that a step was read from, as it stands in the file.
  const TomlValue& table_of_step(std::size_t i) const {
    const TomlValue& root = toml_.document().root();
    return i == 0 ? root : root.find("step")->items[i - 1];
  }
  const TomlValue& request_of_step(std::size_t i) const {
    return *table_of_step(i).find("request");
  }

  CheckedToml& toml_;
  const Source& source_;
};

}  // namespace

void check_source(CheckedToml& toml, const Source& source) {
  if (!toml.error()) SourceCheck(toml, source).check();
}

}  // namespace testigo::sources
