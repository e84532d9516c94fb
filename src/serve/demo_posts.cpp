#include "serve/demo_posts.h"

#include <algorithm>
#include <cmath>

#include "formats/json.h"

namespace testigo::serve {
namespace {

using formats::JsonValue;

constexpr std::string_view file_name = "data/demo/posts.jsonl";

std::optional<std::string> text_at(const JsonValue& line, std::string_view key) {
  const JsonValue* value = line.find(key);
  const std::string* text = value ? value->as_string() : nullptr;
  return text ? std::optional(*text) : std::nullopt;
}

std::optional<int> rating_at(const JsonValue& line) {
  const JsonValue* value = line.find("rating");
  const auto stars = value ? value->as_int() : std::nullopt;
  return stars ? std::optional(static_cast<int>(*stars)) : std::nullopt;
}

UtcTime days_before(UtcTime now, const JsonValue& object) {
  const JsonValue* value = object.find("days_ago");
  const double days = value ? value->as_double().value_or(0.0) : 0.0;
  const auto minutes = std::chrono::minutes(std::llround(days * 24 * 60));
  return std::chrono::floor<std::chrono::minutes>(now) - minutes;
}

std::optional<DemoReply> reply_of(const JsonValue& line, UtcTime now) {
  const JsonValue* reply = line.find("reply");
  if (!reply) return std::nullopt;
  return DemoReply{days_before(now, *reply), text_at(*reply, "text").value_or("")};
}

std::optional<DemoEdit> edit_of(const JsonValue& line, UtcTime now) {
  const JsonValue* edit = line.find("edited");
  if (!edit) return std::nullopt;
  return DemoEdit{days_before(now, *edit), rating_at(*edit), text_at(*edit, "title"),
                  text_at(*edit, "text").value_or("")};
}

DemoPost post_of(const JsonValue& line, UtcTime now) {
  DemoPost post;
  post.id = text_at(line, "id").value_or("");
  post.place = text_at(line, "place").value_or("");
  post.language = text_at(line, "lang").value_or("");
  post.author = text_at(line, "author").value_or("");
  post.posted_at = days_before(now, line);
  post.rating = rating_at(line);
  post.title = text_at(line, "title");
  post.text = text_at(line, "text").value_or("");
  post.reply = reply_of(line, now);
  post.edit = edit_of(line, now);
  post.quotes = text_at(line, "quotes").value_or("");
  post.by_brand = line.find("by_brand") != nullptr;
  return post;
}

bool complete(const DemoPost& post) {
  return !post.id.empty() && !post.place.empty() && !post.language.empty() &&
         !post.author.empty() && !post.text.empty();
}

void sort_by_time(std::vector<DemoPost>& posts) {
  std::stable_sort(posts.begin(), posts.end(),
                   [](const DemoPost& a, const DemoPost& b) { return a.posted_at < b.posted_at; });
}

}  // namespace

Result<DemoPlaces> read_demo_posts(std::string_view jsonl, UtcTime now) {
  DemoPlaces places;
  for (std::size_t line = 1; !jsonl.empty(); ++line) {
    const std::string_view row = jsonl.substr(0, jsonl.find('\n'));
    jsonl.remove_prefix(std::min(jsonl.size(), row.size() + 1));
    if (row.empty()) continue;
    const std::string where = std::string(file_name) + ":" + std::to_string(line);
    const auto value = formats::parse_json(row);
    if (!value) return fail(Errc::malformed, value.error().what, where);
    DemoPost post = post_of(*value, now);
    if (!complete(post))
      return fail(Errc::malformed, "a post needs id, place, lang, author and text", where);
    places[post.place].push_back(std::move(post));
  }
  for (auto& [place, posts] : places) sort_by_time(posts);
  return places;
}

DemoPlaces with_edits(DemoPlaces places) {
  for (auto& [place, posts] : places) {
    for (DemoPost& post : posts) {
      if (!post.edit) continue;
      post.edited_at = post.edit->at;
      post.rating = post.edit->rating;
      post.title = post.edit->title;
      post.text = post.edit->text;
    }
  }
  return places;
}

}  // namespace testigo::serve
