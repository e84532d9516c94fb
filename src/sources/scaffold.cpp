#include "sources/scaffold.h"

#include <algorithm>
#include <array>
#include <vector>

#include "formats/json.h"
#include "text/normalize.h"

namespace testigo::sources {
namespace {

using formats::JsonValue;

// Members that services keep a field in, the likeliest first.
struct Telling {
  std::string_view field;
  std::vector<std::string_view> pointers;
};
const std::vector<Telling>& telling_members() {
  static const std::vector<Telling> members = {
      {"id", {"/id", "/uuid", "/_id", "/review_id", "/reviewId", "/uri", "/key"}},
      {"author",
       {"/author", "/author/name", "/user/name", "/user/username", "/user/login", "/username",
        "/reviewer", "/user", "/author_name", "/authorName", "/name"}},
      {"title", {"/title", "/headline", "/subject", "/summary"}},
      {"text", {"/text", "/body", "/content", "/comment", "/review", "/message", "/description"}},
      {"rating", {"/rating", "/stars", "/score", "/star_rating", "/starRating"}},
      {"posted_at",
       {"/created_at", "/createdAt", "/date", "/published_at", "/publishedAt", "/timestamp",
        "/created", "/time", "/datePublished"}},
      {"url", {"/url", "/link", "/permalink", "/html_url"}},
      {"reach", {"/likes", "/votes", "/points", "/likeCount", "/upvotes"}},
      {"reply", {"/reply/text", "/reply", "/response", "/owner_reply"}},
  };
  return members;
}

constexpr std::size_t max_depth = 4;  // lists of posts lie near the root

struct List {
  std::string pointer;
  std::size_t length = 0;
  const JsonValue* first = nullptr;
};

std::string escaped(std::string_view key) {  // RFC 6901 §3
  std::string out;
  for (const char c : key) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return out;
}

void find_longest(const JsonValue& value, const std::string& pointer, std::size_t depth,
                  List& longest) {
  if (value.is_array()) {
    const auto& items = value.items();
    if (!items.empty() && items.front().is_object() && items.size() > longest.length)
      longest = {pointer, items.size(), &items.front()};
    return;
  }
  if (depth == max_depth) return;
  for (const formats::JsonMember& member : value.members())
    find_longest(member.value, pointer + "/" + escaped(member.key), depth + 1, longest);
}

bool is_scalar(const JsonValue* value) { return value != nullptr && value->to_text().has_value(); }

std::string toml_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) quoted += c;
  }
  return quoted + "\"";
}

// The longest list of an answer and what its items keep where; of none, places to fill in.
std::string json_items(const std::optional<JsonValue>& answer) {
  List list;
  if (answer) find_longest(*answer, "", 0, list);
  std::string fields;
  for (const Telling& member : telling_members()) {
    if (list.first == nullptr) {
      if (member.field != "reply" && member.field != "reach")
        fields += std::string(member.field) + " = " + toml_string(member.pointers.front()) + "\n";
      continue;
    }
    const auto here = std::find_if(
        member.pointers.begin(), member.pointers.end(),
        [&](std::string_view pointer) { return is_scalar(formats::find(*list.first, pointer)); });
    if (here != member.pointers.end())
      fields += std::string(member.field) + " = " + toml_string(*here) + "\n";
  }
  const bool has_words =
      fields.find("title = ") != std::string::npos || fields.find("text = ") != std::string::npos;
  if (!has_words) fields += "text = \"/text\"                     # where a post's words stand\n";
  const bool has_id = fields.find("id = ") == 0;
  return "[items]\n"
         "list = " +
         toml_string(list.first == nullptr ? "/items" : list.pointer) +
         "                 # JSON Pointer to the list of posts\n"
         "required = [" +
         std::string(has_id ? "\"id\"" : "") +
         "]                  # where one is missing the source has drifted, and says so\n"
         "# html = [\"text\"]                 # fields that are HTML\n\n"
         "[items.fields]                     # JSON Pointers within one item\n" +
         fields;
}

constexpr std::string_view html_items =
    "[items]\n"
    "list = \"//article\"                 # XPath 1.0 of one post\n"
    "required = [\"text\"]                # where one is missing the source has drifted, and says "
    "so\n\n"
    "[items.fields]                     # XPaths within one post\n"
    "id = \"@id\"\n"
    "author = \".//*[@class='author']\"\n"
    "text = \".//p\"\n"
    "posted_at = \".//time/@datetime\"\n";

constexpr std::string_view ratings =
    "\n[items.rating]\n"
    "best = 5\n"
    "worst = 1\n";

std::string_view format_of(const ScaffoldWishes& wishes) {
  if (!wishes.answer) return "json";
  const std::string_view body = text::trim(*wishes.answer);
  if (body.starts_with("{") || body.starts_with("[")) {
    const bool feed = body.find("https://jsonfeed.org/version/") < 200;
    return feed ? "feed" : "json";
  }
  const std::string start = text::ascii_lower(body.substr(0, 1000));
  for (const std::string_view mark : {"<rss", "<feed", "<rdf:rdf"})
    if (start.find(mark) != std::string::npos) return "feed";
  return "html";
}

bool is_file_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

}  // namespace

Result<std::string> scaffold(const ScaffoldWishes& wishes) {
  if (!is_file_name(wishes.name))
    return fail(Errc::malformed,
                "a source's name has small letters, digits, _ and - only, such as \"acme_reviews\"",
                "NAME");
  const std::string_view format = format_of(wishes);
  std::optional<JsonValue> answer;
  if (wishes.answer && format == "json") {
    auto parsed = formats::parse_json(*wishes.answer);
    if (!parsed) return fail(Errc::malformed, parsed.error().what, "--from");
    answer = std::move(*parsed);
  }
  std::string out =
      "# Say in a line what this reads. All keys: rules/sources/README.md.\n"
      "title = " +
      toml_string(wishes.name) +
      "\n"
      "about = \"what it finds, for the list of sources\"\n"
      "tier = 1                           # 1 no key · 2 free key · 3 paid\n"
      "gives = [\"reviews\"]                # reviews, comments, posts, articles\n"
      "format = " +
      toml_string(format) +
      "\n\n"
      "[parameters.term]                  # a watch gives values; {term} in the request is filled "
      "with them\n"
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
      "# max_pages = 10\n\n";
  if (format == "json") {
    const std::string items = json_items(answer);
    out +=
        items + std::string(items.find("\nrating = ") == std::string::npos ? "" : ratings) + "\n";
  } else if (format == "html") {
    out += std::string(html_items) + "\n";
  }
  return out +
         "[terms]                            # what the service allows; crawls and retention obey "
         "it\n"
         "note = \"read the service's terms and say here what they ask for\"\n"
         "# url = \"https://service.example/terms\"\n"
         "# retention_days = 30\n"
         "# delete_when_gone = true\n"
         "# store = false                    # nothing may be kept\n";
}

}  // namespace testigo::sources
