#include <array>
#include <cstdio>

#include "formats/json_writer.h"
#include "serve/demo_catalogue.h"
#include "serve/demo_layout.h"
#include "serve/demo_pages.h"

namespace testigo::serve {
namespace {

using formats::JsonWriter;
using render::escape;
using render::Html;
using render::operator""_html;

constexpr std::size_t reviews_per_page = 10;

struct Average {
  std::string stars = "0.0";  // one decimal
  std::size_t count = 0;
};

Average average_of(std::span<const DemoPost> posts) {
  int sum = 0;
  Average average;
  for (const DemoPost& post : posts) {
    if (!post.rating) continue;
    sum += *post.rating;
    ++average.count;
  }
  if (average.count == 0) return average;
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%.1f", sum / static_cast<double>(average.count));
  average.stars = text.data();
  return average;
}

std::string permalink(const Head& head, const DemoPost& post) {
  return head.canonical + "#" + post.id;
}

void write_reply(JsonWriter& json, const DemoPost& post, const Product& product) {
  json.key("comment").begin_object().field("@type", "Comment");
  json.key("author").begin_object().field("@type", "Organization").field("name", product.brand);
  json.end_object()
      .field("dateCreated", to_iso8601(post.reply->at))
      .field("text", post.reply->text);
  json.end_object();
}

void write_review(JsonWriter& json, const DemoPost& post, const Product& product,
                  const Head& head) {
  json.begin_object().field("@type", "Review").field("@id", permalink(head, post));
  json.field("identifier", post.id).field("url", permalink(head, post));
  json.key("author")
      .begin_object()
      .field("@type", "Person")
      .field("name", post.author)
      .end_object();
  json.field("datePublished", to_iso8601(post.posted_at));
  if (post.edited_at) json.field("dateModified", to_iso8601(*post.edited_at));
  json.field("inLanguage", post.language);
  if (post.title) json.field("name", *post.title);
  json.field("reviewBody", post.text);
  if (post.rating) {
    json.key("reviewRating").begin_object().field("@type", "Rating");
    json.field("ratingValue", *post.rating).field("bestRating", 5).field("worstRating", 1);
    json.end_object();
  }
  if (post.reply) write_reply(json, post, product);
  json.end_object();
}

std::string json_ld_of(const Product& product, const Average& average,
                       std::span<const DemoPost> posts, const Head& head) {
  JsonWriter json;
  json.begin_object().field("@context", "https://schema.org").field("@type", "Product");
  json.field("name", product.name).field("description", product.about);
  json.key("brand").begin_object().field("@type", "Brand").field("name", product.brand);
  json.end_object();
  json.key("offers").begin_object().field("@type", "Offer").field("price", product.price);
  json.field("priceCurrency", product.currency).end_object();
  json.key("aggregateRating").begin_object().field("@type", "AggregateRating");
  json.field("ratingValue", average.stars).field("reviewCount", average.count);
  json.field("bestRating", "5").field("worstRating", "1").end_object();
  json.key("review").begin_array();
  for (const DemoPost& post : posts) write_review(json, post, product, head);
  return json.end_array().end_object().take();
}

Html reply_html(const DemoPost& post, const Words& words, bool marked) {
  if (!post.reply) return {};
  Html out = marked ? "<div class=\"reply\" itemprop=\"comment\" itemscope "
                      "itemtype=\"https://schema.org/Comment\">"_html
                    : "<div class=\"reply\">"_html;
  out += "<h4>"_html + escape(words.reply_of_brand) + "</h4> "_html +
         time_element(post.reply->at, marked ? "dateCreated" : "");
  out += marked ? "<div itemprop=\"text\">"_html : "<div>"_html;
  return out + paragraphs(post.reply->text) + "</div></div>\n"_html;
}

// The review as people see it; the same in both kinds of markup.
Html plain_review(const DemoPost& post, const Words& words) {
  Html out = "<article class=\"review\" id=\""_html + escape(post.id) + "\">\n"_html;
  if (post.title) out += "<h3>"_html + escape(*post.title) + "</h3>\n"_html;
  out += "<p class=\"by\">"_html + escape(post.author) + ", "_html + time_element(post.posted_at) +
         "</p>\n"_html;
  if (post.rating)
    out += "<p class=\"stars\">"_html + escape(std::to_string(*post.rating)) + " "_html +
           escape(words.out_of_five) + "</p>\n"_html;
  out += paragraphs(post.text) + "\n"_html + reply_html(post, words, false);
  return out + "</article>\n"_html;
}

Html microdata_rating(int stars, const Words& words) {
  return "<p itemprop=\"reviewRating\" itemscope itemtype=\"https://schema.org/Rating\">"
         "<span itemprop=\"ratingValue\">"_html +
         escape(std::to_string(stars)) + "</span> "_html + escape(words.out_of_five) +
         "<meta itemprop=\"bestRating\" content=\"5\"><meta itemprop=\"worstRating\" "
         "content=\"1\"></p>\n"_html;
}

Html microdata_review(const DemoPost& post, const Words& words, const Head& head) {
  Html out = "<article class=\"review\" id=\""_html + escape(post.id) +
             "\" itemprop=\"review\" itemscope itemtype=\"https://schema.org/Review\">\n"
             "<meta itemprop=\"identifier\" content=\""_html +
             escape(post.id) + "\"><link itemprop=\"url\" href=\""_html +
             escape(permalink(head, post)) + "\"><meta itemprop=\"inLanguage\" content=\""_html +
             escape(post.language) + "\">\n"_html;
  if (post.title) out += "<h3 itemprop=\"name\">"_html + escape(*post.title) + "</h3>\n"_html;
  out +=
      "<p class=\"by\"><span itemprop=\"author\" itemscope itemtype=\"https://schema.org/Person\">"
      "<span itemprop=\"name\">"_html +
      escape(post.author) + "</span></span>, "_html +
      time_element(post.posted_at, "datePublished") + "</p>\n"_html;
  if (post.edited_at)
    out += "<meta itemprop=\"dateModified\" content=\""_html + escape(to_iso8601(*post.edited_at)) +
           "\">\n"_html;
  if (post.rating) out += microdata_rating(*post.rating, words);
  out += "<div itemprop=\"reviewBody\">"_html + paragraphs(post.text) + "</div>\n"_html;
  return out + reply_html(post, words, true) + "</article>\n"_html;
}

Html microdata_product(const Product& product, const Average& average, const Html& reviews) {
  return "<div itemscope itemtype=\"https://schema.org/Product\">\n<meta itemprop=\"name\" "
         "content=\""_html +
         escape(product.name) + "\">\n<p itemprop=\"description\">"_html + escape(product.about) +
         "</p>\n<p itemprop=\"aggregateRating\" itemscope "
         "itemtype=\"https://schema.org/AggregateRating\"><span itemprop=\"ratingValue\">"_html +
         escape(average.stars) +
         "</span> / <span itemprop=\"bestRating\">5</span> (<span "
         "itemprop=\"reviewCount\">"_html +
         escape(std::to_string(average.count)) + "</span>)</p>\n"_html + reviews + "</div>\n"_html;
}

Document product_page(const DemoWeb& web, const Product& product, const Slice& slice,
                      const Average& average) {
  const Words& words = words_for(language_of(product.place));
  const bool mislabelled = product.place == "shop/es/kestrona-purebox";
  Head head;
  head.language = words.language;
  head.title = std::string(product.name) + ": " + std::string(words.reviews);
  head.canonical = page_url(web, product.place, slice, slice.page);
  head.previous = page_url(web, product.place, slice, slice.page - 1);
  head.next = page_url(web, product.place, slice, slice.page + 1);
  head.charset = mislabelled ? "iso-8859-1" : "utf-8";
  const bool json_ld = product.markup == ReviewMarkup::json_ld;
  if (json_ld) head.json_ld = json_ld_of(product, average, slice.posts, head);
  Html reviews;
  for (const DemoPost& post : slice.posts)
    reviews += json_ld ? plain_review(post, words) : microdata_review(post, words, head);
  const Html body = json_ld ? "<p>"_html + escape(product.about) + "</p>\n"_html + reviews
                            : microdata_product(product, average, reviews);
  return {mislabelled ? "text/html" : std::string(html_type),
          layout(head, body + pager(head, words)), newest(slice.posts, web.opened)};
}

// The list of a language's products, and the doors that a well-behaved crawler leaves shut.
Document product_list(const DemoWeb& web, std::string_view path) {
  const Words& words = words_for(language_of(path));
  Head head;
  head.language = words.language;
  head.title = std::string(words.shop);
  head.canonical = web.origin + "/" + std::string(path);
  Html body = "<ul>\n"_html;
  for (const Product& product : catalogue())
    if (language_of(product.place) == words.language)
      body +=
          "<li>"_html + link_to("/" + std::string(product.place), product.name) + "</li>\n"_html;
  body +=
      "</ul>\n<p><a href=\"/shop/go/aero\">Aero</a> · <a href=\"/shop/go/outlet\">Outlet</a> · "
      "<a href=\"/shop/preview/aero-3\">Aero 3</a> · <a href=\"/shop/preview/lumo-2\">Lumo 2</a> · "
      "<a href=\"/private/staff-reviews\">Staff</a></p>\n"_html;
  return {std::string(html_type), layout(head, body), web.opened};
}

}  // namespace

std::optional<Document> shop_page(const DemoWeb& web, std::string_view path, std::size_t page) {
  if (path == "shop/en" || path == "shop/es" || path == "shop/ro") return product_list(web, path);
  for (const Product& product : catalogue()) {
    if (product.place != path) continue;
    const auto found = web.places.find(path);
    if (found == web.places.end()) return std::nullopt;
    std::vector<DemoPost> newest_first(found->second.rbegin(), found->second.rend());
    const Slice slice = slice_of(newest_first, page, reviews_per_page);
    if (slice.posts.empty()) return std::nullopt;
    return product_page(web, product, slice, average_of(newest_first));
  }
  return std::nullopt;
}

}  // namespace testigo::serve
