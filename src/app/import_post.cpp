#include <algorithm>
#include <cmath>

#include "app/import_dates.h"
#include "app/import_rows.h"
#include "app/import_words.h"
#include "core/digest.h"
#include "extract/no_rating.h"
#include "extract/number.h"
#include "extract/plain.h"
#include "extract/quotes.h"
#include "formats/entities.h"
#include "formats/json_writer.h"
#include "formats/url.h"
#include "text/double_utf8.h"
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

// What stands in a quotation is another's, unless nothing stands beside it.
std::string html_words(std::string_view html, bool own) {
  if (own && extract::has_usual_quotes(html)) {
    std::string words = extract::html_text_without(html, extract::usual_quotes);
    if (!text::trim(words).empty()) return words;
  }
  return extract::plain_text(html, extract::Markup::html);
}

// A text as the author meant it: without markup, translation, quoted mail.
std::optional<std::string> take_words(const ImportRow& row, const ImportPlan& plan,
                                      const std::string& field) {
  const auto found = row.fields.find(field);
  if (found == row.fields.end()) return std::nullopt;
  const auto is_among = [&](const std::vector<std::string>& fields) {
    return std::find(fields.begin(), fields.end(), field) != fields.end();
  };
  const bool is_html = is_among(plan.preset.html) || extract::looks_like_html(found->second);
  const auto plain = is_among(plan.preset.bbcode) ? extract::Markup::bbcode : extract::Markup::none;
  std::string text = is_html ? html_words(found->second, field == "text")
                             : extract::plain_text(without_references(found->second), plain);
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
  const auto written = written_rating(row, plan);
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
  const auto came_from = row.date_columns.find(field);
  const auto found = came_from == row.date_columns.end()
                         ? plan.date_columns.end()
                         : plan.date_columns.find(came_from->second);
  const DateColumn* column = found == plan.date_columns.end() ? nullptr : &found->second;
  const auto day_first =
      column != nullptr && column->day_first ? column->day_first : plan.day_first;
  const text::TimeZone& zone = column != nullptr && column->zone ? *column->zone : plan.zone;
  const auto time = import_date(*written, day_first, zone, now);
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

std::string content_id(const Post& post, const std::string& date) {
  return std::string(content_mark) +
         show_key(key_of({post.author.value_or(""), date, post.item.value_or(""),
                          post.title.value_or(""), post.text,
                          post.rating ? formats::shortest(post.rating->value) : ""}));
}

// A date as rows without an id are known by, however it is spelt: a named author's day, where one
// export leaves the time out; of the nameless the instant, for two may say the same on a day.
std::string date_mark(const Post& post, const text::TimeZone& zone) {
  if (!post.posted_at) return post.posted_at_written.value_or("");
  const UtcTime local = *post.posted_at + text::offset_at(*post.posted_at, zone);
  const std::string written = to_iso8601(post.author ? local : *post.posted_at);
  return post.author ? written.substr(0, written.find('T')) : written;
}

// "1.23457E+17": what a spreadsheet leaves of a long number, alike for many of them.
bool is_cut_number(std::string_view id) {
  const std::size_t mark = id.find("E+");
  return mark != std::string_view::npos && mark > 0 &&
         id.find_first_not_of("0123456789.,", 0) == mark &&
         id.find_first_not_of("0123456789", mark + 2) == std::string_view::npos;
}

// "https://a.example/details?id=com.acme.app&reviewId=gp%3A1" → "gp:1", where the preset says so.
std::optional<std::string> id_of(const ImportRow& row, const ImportPlan& plan) {
  auto id = take(row, "id");
  const std::string& parameter = plan.preset.id_parameter;
  if (!id || parameter.empty()) return id;
  std::size_t at = id->find('?');
  while (at != std::string::npos && id->compare(at + 1, parameter.size() + 1, parameter + "=") != 0)
    at = id->find('&', at + 1);
  if (at == std::string::npos) return id;
  at += parameter.size() + 2;
  const std::string value = text::replace_invalid(
      formats::percent_decode(std::string_view(*id).substr(at, id->find_first_of("&#", at) - at)));
  return value.empty() ? id : std::optional(value);
}

std::string file_url(const std::string& file) {
  return "file:" + file.substr(file.find_last_of('/') + 1);
}

}  // namespace

std::optional<std::string> written_rating(const ImportRow& row, const ImportPlan& plan) {
  const auto written = take(row, "rating");
  return written ? in_our_words(*written, plan, "rating") : std::nullopt;
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

std::optional<std::string> former_own_id(const ImportRow& row, const Post& post) {
  auto id = take(row, "id");
  return id && has_own_id(post) && *id != *post.external_id ? id : std::nullopt;
}

std::string former_content_id(const Post& post) {
  return content_id(post, post.posted_at_written.value_or(""));
}

bool mend_cells(ImportRow& row) {
  bool mended = false;
  for (auto& [field, cell] : row.fields) {
    std::string sound = text::mend_short_double_utf8(cell);
    mended = mended || sound != cell;
    cell = std::move(sound);
  }
  return mended;
}

bool is_date_field(std::string_view field) {
  return field == "posted_at" || field == "edited_at" || field == "replied_at";
}

Result<Post> post_of(const ImportRow& row, const ImportPlan& plan, UtcTime now) {
  if (row.broken) return fail(Errc::malformed, *row.broken);
  Post post;
  post.source = plan.source;
  post.page_url = file_url(plan.file);
  post.text = take_words(row, plan, "text").value_or("");
  post.title = take_words(row, plan, "title");
  post.external_id = id_of(row, plan);
  post.author = take(row, "author");
  post.url = take(row, "url");
  post.language = take(row, "lang");
  if (post.language) post.language = in_our_words(*post.language, plan, "lang");
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
  if (post.external_id && is_cut_number(*post.external_id)) post.external_id.reset();
  // An import has no page where a post without an id could be found again: all that was said is it.
  if (!post.external_id) post.external_id = content_id(post, date_mark(post, plan.zone));
  return post;
}

}  // namespace testigo::app
