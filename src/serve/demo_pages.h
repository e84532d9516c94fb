#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"
#include "serve/demo_posts.h"
#include "serve/http_server.h"

namespace testigo::serve {

// One thing the demo web can show, before validators and encodings are added to it.
struct Document {
  std::string type = "text/html; charset=utf-8";
  std::string body;
  UtcTime modified{};  // of the newest thing on it
};

// What pages are made from. `origin` is how the client called us ("http://127.0.0.1:8080"), for the
// links that must be absolute.
struct DemoWeb {
  const DemoPlaces& places;
  std::string origin;
  UtcTime opened{};  // when the demo web "opened": the date of pages without posts
};

// Each answers nothing where the path (without slash at either end) or the page number is not its
// own. Pages count from 1.
[[nodiscard]] std::optional<Document> home_page(const DemoWeb& web, std::string_view path);
[[nodiscard]] std::optional<Document> shop_page(const DemoWeb& web, std::string_view path,
                                                std::size_t page);
[[nodiscard]] std::optional<Document> forum_page(const DemoWeb& web, std::string_view path,
                                                 std::size_t page);
[[nodiscard]] std::optional<Document> article_page(const DemoWeb& web, std::string_view path);
[[nodiscard]] std::optional<Document> feed(const DemoWeb& web, std::string_view path);
[[nodiscard]] std::optional<Document> sitemap(const DemoWeb& web, std::string_view path);

// GET /api/reviews?product=…&cursor=…: 400 or 404 with {"error"} where these are wrong.
[[nodiscard]] Response review_api(const DemoWeb& web, const Request& request);

inline constexpr std::string_view html_type = "text/html; charset=utf-8";

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 §5.6.7), which is an RFC 822 date too.
[[nodiscard]] std::string http_date(UtcTime time);

}  // namespace testigo::serve
