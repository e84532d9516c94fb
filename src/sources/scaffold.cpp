#include "sources/scaffold.h"

#include <algorithm>
#include <vector>

#include "extract/extract.h"
#include "formats/json_writer.h"
#include "sources/guess.h"
#include "sources/source.h"
#include "text/normalize.h"

namespace testigo::sources {
namespace {

using formats::JsonValue;

std::string toml_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) quoted += c;
  }
  return quoted + "\"";
}

std::string toml_list(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + toml_string(text);
  return "[" + list + "]";
}

// Where nothing is known: places to fill in.
Guess blank() {
  Guess guess;
  guess.format = "json";
  guess.list = "/items";
  guess.fields = {{"id", "/id"},     {"author", "/author"}, {"title", "/title"},
                  {"text", "/text"}, {"rating", "/rating"}, {"posted_at", "/created_at"},
                  {"url", "/url"}};
  guess.required = {"id"};
  return guess;
}

bool is_json(const Guess& guess) { return guess.format == "json" || guess.format == "jsonl"; }

std::string items_of(const Guess& guess) {
  if (guess.list.empty() && guess.fields.empty()) return {};  // the format finds its own
  std::string items =
      "[items]\n"
      "list = " +
      toml_string(guess.list) +
      (is_json(guess) ? "                 # JSON Pointer to the list of posts\n"
                      : "                 # XPath 1.0 of one post\n") +
      "required = " + toml_list(guess.required) +
      "                  # where one is missing the source has drifted, and says so\n" +
      (guess.html.empty() ? "# html = [\"text\"]                 # fields that are HTML\n\n"
                          : "html = " + toml_list(guess.html) + "\n\n") +
      "[items.fields]                     # " + (is_json(guess) ? "JSON Pointers" : "XPaths") +
      " within one item\n";
  for (const auto& [field, selector] : guess.fields)
    items += field + " = " + toml_string(selector) + "\n";
  if (guess.selector("text") == nullptr)
    items += "# text = \"\"                        # not found: say where the words stand\n";
  if (guess.selector("rating") != nullptr)
    items +=
        "\n[items.rating]                     # the ends of the scale, where an item does not "
        "say them itself\nbest = " +
        formats::shortest(guess.best) + "\nworst = " + formats::shortest(guess.worst) + "\n";
  return items + "\n";
}

std::string description(const ScaffoldWishes& wishes, const Guess& guess) {
  return "# Say in a line what this reads. All keys: rules/sources/README.md.\n"
         "title = " +
         toml_string(wishes.name) +
         "\n"
         "about = \"what it finds, for the list of sources\"\n"
         "tier = 1                           # 1 no key · 2 free key · 3 paid\n"
         "gives = [\"reviews\"]                # reviews, comments, posts, articles\n"
         "format = " +
         toml_string(guess.format) +
         "\n\n"
         "[parameters.term]                  # a watch gives values; {term} in the request is "
         "filled with them\n"
         "about = \"what to search for; by default the words and phrases of the brand's query\"\n\n"
         "[request]\n"
         "url = " +
         toml_string(wishes.url.value_or("https://service.example/search")) +
         "\n"
         "# query = { q = \"{term}\", page = \"{page}\" }\n"
         "# error = \"/message\"               # where an answer says that it is an error\n\n"
         "[rate]\n"
         "gap = \"2s\"                         # least time between two requests\n\n"
         "# [auth]                           # the secret itself stays in the environment\n"
         "# kind = \"header\"\n"
         "# name = \"Authorization\"\n"
         "# value = \"Bearer {secret}\"\n"
         "# env = \"SERVICE_TOKEN\"\n\n"
         "# [paging]\n"
         "# kind = \"page\"\n"
         "# first = 1\n"
         "# newest_first = true              # later passes stop where the last one began\n"
         "# max_pages = 10\n\n" +
         items_of(guess) +
         "[terms]                            # what the service allows; crawls and retention obey "
         "it\n"
         "note = \"read the service's terms and say here what they ask for\"\n"
         "# url = \"https://service.example/terms\"\n"
         "# retention_days = 30\n"
         "# delete_when_gone = true\n"
         "# store = false                    # nothing may be kept\n";
}

// What a description made of a guess reads out of the answer.
struct Trial {
  std::size_t posts = 0;
  std::size_t drift = 0;

  [[nodiscard]] bool is_good() const { return posts > 0 && drift == 0; }
};

Trial try_out(const ScaffoldWishes& wishes, const Guess& guess) {
  const auto source = load_source(wishes.name + ".toml", description(wishes, guess));
  if (!source) return {};
  Page page;
  page.url = "https://service.example/search";
  page.status = 200;
  page.body = *wishes.answer;
  const auto extraction = extract::extract_page(page, source->steps.front().extractor, UtcTime{});
  if (!extraction) return {};
  return {extraction->posts.size(), extraction->drift.size()};
}

// The guess without the fields that the answer's own items do not have as it says.
std::optional<Guess> mended(const ScaffoldWishes& wishes, Guess guess) {
  for (Trial trial = try_out(wishes, guess); !trial.is_good();) {
    std::optional<Guess> better;
    for (std::size_t i = 0; i < guess.fields.size(); ++i) {
      Guess without = guess;
      std::erase(without.required, guess.fields[i].first);
      std::erase(without.html, guess.fields[i].first);
      without.fields.erase(without.fields.begin() + static_cast<std::ptrdiff_t>(i));
      const Trial one = try_out(wishes, without);
      if (one.posts < trial.posts || (one.posts == trial.posts && one.drift >= trial.drift))
        continue;
      trial = one;
      better = std::move(without);
    }
    if (!better) return std::nullopt;
    guess = std::move(*better);
  }
  return guess;
}

Guess of_format(std::string format) {
  Guess guess;
  guess.format = std::move(format);
  return guess;
}

Error no_posts(std::string_view where) {
  return {Errc::malformed,
          std::string(where) +
              ": save an answer that shows posts, or leave --from out and fill in the places",
          "--from"};
}

// One document, or one a line.
Result<std::pair<JsonValue, std::string>> read_json(std::string_view body) {
  auto whole = formats::parse_json(body);
  if (whole) return std::pair(std::move(*whole), std::string("json"));
  JsonValue::Array lines;
  for (std::string_view rest = body; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = text::trim(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.empty()) continue;
    auto value = formats::parse_json(line);
    if (!value) return fail(Errc::malformed, whole.error().what, "--from");
    lines.push_back(std::move(*value));
  }
  return std::pair(JsonValue(std::move(lines)), std::string("jsonl"));
}

Result<Guess> of_json(const ScaffoldWishes& wishes, std::string_view body) {
  auto answer = read_json(body);
  if (!answer) return fail(std::move(answer.error()));
  auto guess = guess_json(answer->first, answer->second);
  if (guess) guess = mended(wishes, std::move(*guess));
  if (!guess) return fail(no_posts("the answer has no list of objects with a text or a title"));
  return std::move(*guess);
}

// Markup for machines says more than what repeats for people.
bool is_marked_up(std::string_view lower) {
  for (const std::string_view mark : {"application/ld+json", "schema.org", "h-review", "hreview"})
    if (lower.find(mark) != std::string_view::npos) return true;
  return false;
}

Result<Guess> of_html(const ScaffoldWishes& wishes, const std::string& lower) {
  Guess page = of_format("page");
  const bool reads_as_page = try_out(wishes, page).is_good();
  if (reads_as_page && is_marked_up(lower)) return page;
  for (Guess& guess : guess_html(*wishes.answer))
    if (auto good = mended(wishes, std::move(guess))) return std::move(*good);
  if (reads_as_page) return page;
  return fail(
      no_posts("nothing on the page repeats with words and a name, a date or a rating, and "
               "it marks up no reviews"));
}

Result<Guess> guess_of(const ScaffoldWishes& wishes) {
  if (!wishes.answer) return blank();
  const std::string_view body = text::trim(*wishes.answer);
  if (body.empty())
    return fail(Errc::malformed,
                "the answer is empty: save what the service sends, such as with curl -o FILE URL",
                "--from");
  const std::string lower = text::ascii_lower(body);
  const std::string_view start = std::string_view(lower).substr(0, 1000);
  const auto starts = [&](std::string_view mark) { return start.find(mark) != std::string::npos; };
  const bool feed = starts("<rss") || starts("<feed") || starts("<rdf:rdf") ||
                    body.find("https://jsonfeed.org/version/") < 200;
  if (feed) {
    const Guess guess = of_format("feed");
    if (!try_out(wishes, guess).is_good()) return fail(no_posts("the feed has no entries"));
    return guess;
  }
  if (body.starts_with('{') || body.starts_with('[')) return of_json(wishes, body);
  if (body.find('<') < 200 && body.find('>') != std::string_view::npos)
    return of_html(wishes, lower);
  return fail(Errc::malformed,
              "the answer is neither JSON, a feed nor HTML; tables are read by testigo import",
              "--from");
}

}  // namespace

Result<std::string> scaffold(const ScaffoldWishes& wishes) {
  if (!is_source_name(wishes.name))
    return fail(Errc::malformed,
                "a source's name has small letters, digits, _ and - only, such as \"acme_reviews\"",
                "NAME");
  const auto guess = guess_of(wishes);
  if (!guess) return fail(guess.error());
  return description(wishes, *guess);
}

}  // namespace testigo::sources
