#include <algorithm>

#include "formats/json_writer.h"
#include "serve/demo_layout.h"
#include "serve/demo_pages.h"

namespace testigo::serve {
namespace {

using formats::JsonWriter;

constexpr std::size_t reviews_per_answer = 20;

Response json_answer(int status, std::string body) {
  return {status, {{"Content-Type", "application/json"}}, std::move(body)};
}

Response refusal(int status, std::string_view words) {
  JsonWriter json;
  json.begin_object().field("error", words).end_object();
  return json_answer(status, json.take());
}

void write_review(JsonWriter& json, const DemoPost& post) {
  json.begin_object().field("id", post.id).field("author", post.author);
  json.field("rating", post.rating).field("title", post.title).field("body", post.text);
  json.field("created_at", to_iso8601(post.posted_at));
  json.key("edited_at");
  post.edited_at ? json.string(to_iso8601(*post.edited_at)) : json.null();
  json.field("lang", post.language).key("reply");
  if (post.reply) {
    json.begin_object().field("body", post.reply->text);
    json.field("created_at", to_iso8601(post.reply->at)).end_object();
  } else {
    json.null();
  }
  json.end_object();
}

// A cursor is the id of the last review that was handed out.
std::string reviews_from(std::span<const DemoPost> newest_first, std::size_t begin) {
  const std::size_t end = std::min(newest_first.size(), begin + reviews_per_answer);
  JsonWriter json;
  json.begin_object().key("reviews").begin_array();
  for (const DemoPost& post : newest_first.subspan(begin, end - begin)) write_review(json, post);
  json.end_array().key("next_cursor");
  end < newest_first.size() ? json.string(newest_first[end - 1].id) : json.null();
  return json.end_object().take();
}

}  // namespace

Response review_api(const DemoWeb& web, const Request& request) {
  const auto product = find_parameter(request, "product");
  if (!product) return refusal(400, "say which product: ?product=brumiva-home");
  const auto found = web.places.find("api/" + std::string(*product));
  if (found == web.places.end()) return refusal(404, "no such product");
  const std::vector<DemoPost> newest_first(found->second.rbegin(), found->second.rend());
  const std::string_view cursor = find_parameter(request, "cursor").value_or("");
  if (cursor.empty()) return json_answer(200, reviews_from(newest_first, 0));
  const auto last = std::find_if(newest_first.begin(), newest_first.end(),
                                 [=](const DemoPost& post) { return post.id == cursor; });
  if (last == newest_first.end()) return refusal(400, "no such cursor");
  const auto begin = static_cast<std::size_t>(last - newest_first.begin()) + 1;
  return json_answer(200, reviews_from(newest_first, begin));
}

}  // namespace testigo::serve
