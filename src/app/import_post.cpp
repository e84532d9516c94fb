#include <algorithm>
#include <cmath>

#include "app/import_dates.h"
#include "app/import_rows.h"
#include "app/import_words.h"
#include "core/digest.h"
#include "extract/no_rating.h"
#include "extract/number.h"
#include "extract/plain.h"
#include "formats/entities.h"
#include "formats/json_writer.h"
#include "text/fold.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::app {
namespace {

std::optional<std::string> take(const ImportRow& row, const std::string& field) {
  const auto found = row.fields.find(field);
  if (found == row.fields.end()) return std::nullopt;
  return extract::plain_or_none(found->second, extract::Markup::none);
}

// Exports of web shops keep what the page held: "Quiet &amp; fast".
std::string without_references(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find('&'), text.size());
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const auto reference = formats::read_reference(text);
    out += reference ? text::encode(reference->value) : "&";
    text.remove_prefix(reference ? reference->size : 1);
  }
  return out;
}

// A text as the author meant it: without markup, translation, quoted mail.
std::optional<std::string> take_words(const ImportRow& row, const ImportPlan& plan,
                                      const std::string& field) {
  const auto found = row.fields.find(field);
  if (found == row.fields.end()) return std::nullopt;
  const std::vector<std::string>& html = plan.preset.html;
  const bool is_html = std::find(html.begin(), html.end(), field) != html.end() ||
                       extract::looks_like_html(found->second);
  std::string text =
      is_html ? extract::plain_text(found->second, extract::Markup::html)
              : extract::plain_text(without_references(found->second), extract::Markup::none);
  text = original_of(text, plan.preset.original_mark, plan.preset.translated_mark);
  if (plan.preset.own_words && field == "text") text = own_words_of_mail(text);
  if (plan.preset.mask_addresses) text = without_addresses(text);
  if (text.empty()) return std::nullopt;
  return text;
}

// "★★★★☆": filled of all.
std::optional<extract::WrittenRating> drawn_stars(std::string_view text) {
  constexpr std::string_view filled = "★";
  constexpr std::string_view hollow = "☆";
  double full = 0.0;
  double empty = 0.0;
  text = text::trim(text);
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    if (!text.starts_with(filled) && !text.starts_with(hollow)) return std::nullopt;
    ++(text.starts_with(filled) ? full : empty);
    text.remove_prefix(filled.size());
  }
  return extract::WrittenRating{full, std::max(full + empty, 5.0)};
}

Result<double> number_of(const std::string& written, const char* field) {
  const auto number = extract::parse_number(written);
  if (!number || !std::isfinite(*number))
    return fail(Errc::malformed, std::string(field) + " \"" + written + "\" is no number");
  return *number;
}

// "4,5", "4/5", "★★★★☆", "10 - Extremely likely".
Result<extract::WrittenRating> rating_of(const std::string& written) {
  if (auto stars = drawn_stars(written)) return *stars;
  if (const auto number = extract::parse_number(written);
      number && written.find('%') == std::string::npos)
    return extract::WrittenRating{*number, std::nullopt};
  const bool begins_with_number = written.find_first_of("0123456789") == 0;
  const auto rating = begins_with_number ? extract::parse_rating(written) : std::nullopt;
  if (!rating) return fail(Errc::malformed, "rating \"" + written + "\" is no number");
  return *rating;
}

// The export's word as we write it; nothing for a word that means no value.
std::optional<std::string> in_our_words(const std::string& written, const ImportPlan& plan,
                                        const std::string& field) {
  const auto words = plan.preset.values.find(field);
  if (words == plan.preset.values.end()) return written;
  const auto found = words->second.find(text::fold(text::trim(written)));
  if (found != words->second.end()) return found->second;
  return extract::parse_number(written) ? std::optional(written) : std::nullopt;
}

Result<void> set_rating(Post& post, const ImportRow& row, const ImportPlan& plan) {
  auto written = take(row, "rating");
  if (written) written = in_our_words(*written, plan, "rating");
  if (!written || extract::tells_no_rating(*written)) return {};
  auto read = rating_of(*written);
  if (!read) return fail(std::move(read.error()));
  if (plan.preset.rating_none && *plan.preset.rating_none == read->value) return {};
  // What exports write for none, where the scale does not begin there.
  if (read->value == 0.0 && !read->best && plan.rating_worst > 0.0) return {};
  Rating rating{read->value, read->best.value_or(plan.rating_best), plan.rating_worst};
  if (read->best && *read->best > 5.0) rating.worst = 0.0;
  if (const auto best = take(row, "rating_best")) {
    auto number = number_of(*best, "rating_best");
    if (!number) return fail(std::move(number.error()));
    rating.best = *number;
  }
  if (rating.value > rating.best || rating.value < std::min(rating.worst, 0.0))
    return fail(Errc::malformed, "rating " + *written + " is not on a scale that ends at " +
                                     formats::shortest(rating.best));
  rating.worst = std::min(rating.worst, rating.value);
  post.rating = rating;
  return {};
}

Result<std::optional<UtcTime>> date_of(const ImportRow& row, const char* field,
                                       const ImportPlan& plan, UtcTime now) {
  const auto written = take(row, field);
  if (!written) return std::optional<UtcTime>();
  const auto time = import_date(*written, plan, now);
  if (!time) return fail(Errc::malformed, std::string(field) + " \"" + *written + "\" is no date");
  return time;
}

Result<void> set_dates(Post& post, const ImportRow& row, const ImportPlan& plan, UtcTime now) {
  post.posted_at_written = take(row, "posted_at");
  auto posted = date_of(row, "posted_at", plan, now);
  if (!posted) return fail(std::move(posted.error()));
  auto edited = date_of(row, "edited_at", plan, now);
  auto replied = date_of(row, "replied_at", plan, now);
  post.posted_at = *posted;
  if (edited && *edited != *posted) post.edited_at = *edited;
  if (replied) post.owner_reply_at = *replied;
  return {};
}

constexpr std::string_view content_mark = "row:";

// Who has no id is known by all that was said: an import has no page where it could be found again.
std::string content_id(const Post& post) {
  return std::string(content_mark) +
         show_key(key_of({post.author.value_or(""), post.posted_at_written.value_or(""),
                          post.item.value_or(""), post.title.value_or(""), post.text,
                          post.rating ? formats::shortest(post.rating->value) : ""}));
}

std::string file_url(const std::string& file) {
  return "file:" + file.substr(file.find_last_of('/') + 1);
}

}  // namespace

Result<void> check_rating_scale(const std::vector<ImportRow>& rows, const ImportPlan& plan) {
  if (plan.rating_best_said) return {};
  for (const ImportRow& row : rows) {
    auto written = take(row, "rating");
    if (written) written = in_our_words(*written, plan, "rating");
    if (!written || row.fields.contains("rating_best")) continue;
    const auto rating = extract::parse_number(*written);
    if (!rating || *rating <= plan.rating_best || written->find('%') != std::string::npos) continue;
    if (plan.preset.rating_none == rating) continue;
    return fail(Errc::malformed,
                "rating " + *written + " is beyond " + formats::shortest(plan.rating_best) +
                    ", and nothing says where the scale ends: say --rating-best 10, or 5 to "
                    "reject such rows",
                plan.file + ", line " + std::to_string(row.line));
  }
  return {};
}

bool has_own_id(const Post& post) {
  return post.external_id && !post.external_id->starts_with(content_mark);
}

std::optional<UtcTime> as_of(const ImportRow& row, const Post& post, const ImportPlan& plan,
                             UtcTime now) {
  if (!plan.mapping.contains("edited_at")) return std::nullopt;
  const auto edited = date_of(row, "edited_at", plan, now);
  if (!edited) return std::nullopt;
  return *edited ? *edited : post.posted_at;
}

Result<Post> post_of(const ImportRow& row, const ImportPlan& plan, UtcTime now) {
  if (row.broken) return fail(Errc::malformed, *row.broken);
  Post post;
  post.source = plan.source;
  post.page_url = file_url(plan.file);
  post.text = take_words(row, plan, "text").value_or("");
  post.title = take_words(row, plan, "title");
  post.external_id = take(row, "id");
  post.author = take(row, "author");
  post.url = take(row, "url");
  post.language = take(row, "lang");
  if (post.language) std::replace(post.language->begin(), post.language->end(), '_', '-');
  post.item = take(row, "item");
  post.location = take(row, "location");
  post.parent = take(row, "parent");
  post.app_version = take(row, "app_version");
  post.owner_reply = take_words(row, plan, "reply");
  if (auto rated = set_rating(post, row, plan); !rated) return fail(std::move(rated.error()));
  if (auto dated = set_dates(post, row, plan, now); !dated) return fail(std::move(dated.error()));
  if (post.text.empty() && !post.title && !(plan.preset.text_optional && post.rating))
    return fail(Errc::malformed, "the text is empty");
  if (const auto reach = take(row, "reach")) {
    auto number = number_of(*reach, "reach");
    if (!number) return fail(std::move(number.error()));
    constexpr double most = 1e15;  // a count beyond it is no count
    if (*number > -most && *number < most) post.reach = static_cast<std::int64_t>(*number);
  }
  if (!post.external_id) post.external_id = content_id(post);
  return post;
}

}  // namespace testigo::app
