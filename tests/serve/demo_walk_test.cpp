#include <catch2/catch.hpp>
#include <deque>
#include <set>

#include "formats/inflate.h"
#include "formats/json_writer.h"
#include "render/escape.h"
#include "serve/demo_posts.h"
#include "serve/demo_site.h"
#include "serve/http_server.h"
#include "serve/support/client.h"
#include "text/charset.h"

using namespace testigo;
using namespace testigo::serve;

namespace {

const UtcTime now = *parse_iso8601("2026-03-20T12:00:00Z");

// Everything between a mark and the next quote or "<".
void collect(std::string_view body, std::string_view mark, std::vector<std::string>& found) {
  for (std::size_t at = body.find(mark); at != std::string_view::npos; at = body.find(mark, at)) {
    at += mark.size();
    found.emplace_back(body.substr(at, body.find_first_of("\"<#", at) - at));
  }
}

// A crawler in twenty lines: links, sitemap entries and cursors, each once, private parts left out.
class Walk {
 public:
  explicit Walk(const HttpServer& server) : origin_(server.origin()), port_(server.port()) {}

  std::string all_pages_from(std::string start) {
    add(std::move(start));
    std::string everything;
    while (!waiting_.empty()) {
      const std::string target = waiting_.front();
      waiting_.pop_front();
      everything += visit(target);
    }
    return everything;
  }

  [[nodiscard]] const std::set<std::string>& seen() const { return seen_; }

 private:
  void add(std::string link) {
    if (link.rfind(origin_, 0) == 0) link.erase(0, origin_.size());
    if (link.empty() || link.front() != '/' || link.rfind("/private", 0) == 0) return;
    if (seen_.insert(link).second) waiting_.push_back(link);
  }

  std::string visit(const std::string& target) {
    test::Reply reply = test::get(port_, target);
    if (reply.status == 503) reply = test::get(port_, target);
    add(reply.header("Location"));
    const auto body =
        formats::decode_content(reply.header("Content-Encoding"), reply.body, 1 << 22);
    REQUIRE(body);
    std::vector<std::string> links;
    for (const char* mark : {"href=\"", "<loc>", "<link>"}) collect(*body, mark, links);
    std::vector<std::string> cursors;
    collect(*body, "\"next_cursor\":\"", cursors);
    for (const std::string& cursor : cursors)
      links.push_back(target.substr(0, target.find("&cursor")) + "&cursor=" + cursor);
    for (const std::string& link : links) add(link);
    if (reply.header("Content-Type") == "text/html")
      return *text::decode_to_utf8(*body, "iso-8859-1");
    return *body;
  }

  std::string origin_;
  std::uint16_t port_;
  std::set<std::string> seen_;
  std::deque<std::string> waiting_;
};

bool stands_in(const std::string& everything, const DemoPost& post) {
  const std::string escaped = render::escape(post.text).str();
  return everything.find(escaped) != std::string::npos ||
         everything.find(formats::json_quote(post.text)) != std::string::npos ||
         everything.find(render::escape(escaped).str()) != std::string::npos;
}

}  // namespace

TEST_CASE("every demo post is reached by walking the demo web over HTTP", "[serve][demo]") {
  auto site = DemoSite::load(embedded_files(), now);
  REQUIRE(site);
  const auto server = HttpServer::start({}, [&site](const Request& r) { return site->answer(r); });
  REQUIRE(server);
  Walk walk(*server);
  const std::string everything = walk.all_pages_from("/") + walk.all_pages_from("/sitemap.xml");
  std::size_t posts = 0;
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.path != "data/demo/posts.jsonl") continue;
    const auto places = read_demo_posts(file.bytes, now);
    REQUIRE(places);
    for (const auto& [place, there] : *places) {
      for (const DemoPost& post : there) {
        INFO(post.id << " at " << place);
        CHECK(stands_in(everything, post));
        CHECK(everything.find(post.id) != std::string::npos);
        ++posts;
      }
    }
  }
  CHECK(posts >= 300);
  CHECK(walk.seen().contains("/shop/go/outlet-2"));
  CHECK(walk.seen().contains("/shop/en/brumiva-aero-2?page=4"));
  CHECK(walk.seen().size() < 120);
}
