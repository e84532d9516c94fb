#include "extract/item.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "extract/drift.h"
#include "extract/no_rating.h"
#include "extract/number.h"
#include "extract/plain.h"
#include "extract/quotes.h"
#include "extract/text_template.h"
#include "formats/date.h"
#include "formats/json_writer.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::extract {
namespace {

// Reads the fields of one item into a post, noting what does not fit.
class PostReader {
 public:
  PostReader(const ItemView& item, const FoundFields& fields, const ItemSpec& spec,
             const ExtractorSpec& source, const ItemContext& context)
      : item_(item), fields_(fields), spec_(spec), source_(source), context_(context) {}

  std::optional<std::string> id() { return scoped(text_or_number(PostField::id)); }

  BuiltPost read() {
    BuiltPost built;
    Post& post = built.post.emplace();
    post.source = source_.source;
    post.page_url = context_.page_url;
    read_identity(post);
    read_times(post);
    read_words(post);
    post.rating = rating();
    post.reach = count(PostField::reach);
    post.by_brand = at(PostField::by_brand).found.is_true();
    note_missing();
    if (!drift_.empty()) built.post.reset();
    if (built.post) built.unread = std::move(unread_);
    built.drift = std::move(drift_);
    return built;
  }

 private:
  void read_identity(Post& post) {
    post.external_id = id();
    post.parent = text_or_number(PostField::parent);
    if (post.parent == "0") post.parent.reset();  // "none" of services that number from 1
    post.parent = scoped(std::move(post.parent));
    post.author = words(PostField::author);
    post.url = url(PostField::url);
    post.language = text_or_number(PostField::language);
    if (!post.language && !source_.language.empty()) post.language = source_.language;
  }

  void read_words(Post& post) {
    post.title = words(PostField::title);
    post.text = words(PostField::text).value_or("");
    post.item = words(PostField::item);
    post.location = words(PostField::location);
    post.app_version = text_or_number(PostField::app_version);
    post.owner_reply = words(PostField::reply);
  }

  void read_times(Post& post) {
    const auto posted = scalar(PostField::posted_at);
    if (posted) post.posted_at_written = *posted;
    post.posted_at = time(PostField::posted_at, posted);
    post.edited_at = time(PostField::edited_at, moment(PostField::edited_at));
    if (post.edited_at == post.posted_at) post.edited_at.reset();
    post.owner_reply_at = time(PostField::replied_at, moment(PostField::replied_at));
  }

  std::optional<std::string> scoped(std::optional<std::string> id) const {
    if (!id) return id;
    for (const std::string& written : spec_.scope) {
      const auto scope = fill_template(written, source_.variables, item_.look_up);
      if (scope) return *scope + "/" + *id;
    }
    return id;
  }

  const FoundField& at(PostField field) const { return fields_[static_cast<std::size_t>(field)]; }

  void drift(std::string_view selector, std::string_view what) {
    drift_.push_back(told(selector, what));
  }

  // The post does without the value, unless it is required.
  void unread(PostField field, std::string_view what) {
    const std::string_view selector = at(field).selector;
    if (is_required(field)) return drift(selector, what);
    unread_.push_back({selector, told(selector, what)});
  }

  std::string told(std::string_view selector, std::string_view what) const {
    const bool pointer = selector.starts_with('/');
    return item_.place + (pointer ? "" : " ") + std::string(selector) + " " + std::string(what);
  }

  std::optional<std::string> text_or_number(PostField field) {
    const auto written = scalar(field);
    return written ? std::optional<std::string>(*written) : std::nullopt;
  }

  std::optional<std::string_view> scalar(PostField field) {
    const auto& [value, selector, blank] = at(field);
    if (value.is_missing() || is_no(value)) return std::nullopt;
    if (value.kind() == Found::Kind::other || value.kind() == Found::Kind::boolean) {
      drift(selector, "is " + std::string(value.type_name()) + ", not a text or number");
      return std::nullopt;
    }
    if (value.text().size() > max_short_bytes) {
      drift(selector, "is longer than " + std::to_string(max_short_bytes) + " bytes");
      return std::nullopt;
    }
    return text::trim(value.text());
  }

  // "edited": true does not tell when (Reddit's first years).
  std::optional<std::string_view> moment(PostField field) {
    if (at(field).found.kind() == Found::Kind::boolean) return std::nullopt;
    return scalar(field);
  }

  // Services say false for "none" (WordPress: "parent": false).
  static bool is_no(const Found& value) {
    return value.kind() == Found::Kind::boolean && value.text() == "false";
  }

  std::optional<std::string> words(PostField field) {
    const auto& [value, selector, blank] = at(field);
    if (value.is_missing()) return std::nullopt;
    if (value.kind() != Found::Kind::text &&
        !(field == PostField::author && value.kind() == Found::Kind::number)) {
      drift(selector, "is " + std::string(value.type_name()) + ", not a text");
      return std::nullopt;
    }
    std::string_view written = value.text();
    if (field != PostField::text && field != PostField::reply)
      written = written.substr(0, text::char_border(written, max_short_bytes));
    const auto found_markup = spec_.markup.find(field);
    const Markup markup = found_markup == spec_.markup.end() ? Markup::none : found_markup->second;
    if (field == PostField::text && markup == Markup::html) return own_lines(own_html(written));
    return plain_or_none(written, markup);
  }

  std::optional<std::string> own_html(std::string_view written) const {
    if (!spec_.quotes.empty())
      return plain_or_none(html_text_without(written, spec_.quotes), Markup::none);
    if (has_usual_quotes(written)) {
      auto own = plain_or_none(html_text_without(written, usual_quotes), Markup::none);
      if (own) return own;
    }
    return plain_or_none(written, Markup::html);
  }

  // Where people quote by hand, a line behind ">" is another's (Hacker News).
  static std::optional<std::string> own_lines(std::optional<std::string> plain) {
    if (!plain || (!plain->starts_with("> ") && plain->find("\n> ") == std::string::npos))
      return plain;
    auto own = plain_or_none(without_quoted_lines(*plain), Markup::none);
    return own ? std::move(own) : std::move(plain);
  }

  std::optional<std::string> url(PostField field) {
    const std::optional<std::string_view> written = scalar(field);
    if (!written) return std::nullopt;
    auto absolute = context_.base.resolve(*written);
    if (!absolute) unread(field, "is no address: " + shown(*written));
    return absolute;
  }

  std::optional<UtcTime> time(PostField field, std::optional<std::string_view> written) {
    if (!written || *written == "0") return std::nullopt;
    if (!spec_.zone.empty()) {
      // A time with its own zone does not parse with a second one behind it.
      const auto zoned = parse_iso8601(std::string(*written) + spec_.zone);
      if (zoned) return zoned;
    }
    const auto time = formats::parse_date(*written, context_.now, source_.language);
    if (!time) unread(field, "is no time: " + shown(*written));
    return time;
  }

  std::optional<std::int64_t> count(PostField field) {
    const auto& [value, selector, blank] = at(field);
    if (value.is_missing()) return std::nullopt;
    if (value.kind() == Found::Kind::number || value.kind() == Found::Kind::text) {
      const std::optional<double> number = parse_number(value.text());
      if (number) return static_cast<std::int64_t>(std::clamp(*number, -9e15, 9e15));
      const std::optional<std::int64_t> counted = parse_count(value.text());
      if (!counted) unread(field, "is no number: " + shown(value.text()));
      return counted;
    }
    drift(selector, "is " + std::string(value.type_name()) + ", not a number");
    return std::nullopt;
  }

  double scale_end(PostField field, double otherwise) {
    const Found& value = at(field).found;
    if (value.is_missing()) return otherwise;
    const std::optional<double> end = parse_number(value.text());
    if (!end) unread(field, "is no number: " + shown(value));
    return end.value_or(otherwise);
  }

  std::optional<Rating> rating() {
    const auto& [value, selector, blank] = at(PostField::rating);
    if (value.is_missing()) return std::nullopt;
    const std::optional<WrittenRating> written = rating_of(value);
    if (!written && value.kind() == Found::Kind::other) {
      drift(selector, "is " + std::string(value.type_name()) + ", not a rating");
      return std::nullopt;
    }
    if (!written && tells_no_rating(value.text())) return std::nullopt;
    if (!written) {
      unread(PostField::rating, "is no rating: " + shown(value.text()));
      return std::nullopt;
    }
    if (spec_.rating_none == written->value) return std::nullopt;
    const double best =
        scale_end(PostField::rating_best, written->best.value_or(spec_.rating_best));
    const double worst =
        is_percentage(value) ? 0.0 : scale_end(PostField::rating_worst, spec_.rating_worst);
    const bool is_flag = value.kind() == Found::Kind::boolean;
    if (is_flag && (worst != 0.0 || best != 1.0)) {
      unread(PostField::rating, "is no rating: " + shown(value.text()));
      return std::nullopt;
    }
    if (written->value < worst || written->value > best) {
      unread(PostField::rating, "is not from " + formats::shortest(worst) + " to " +
                                    formats::shortest(best) + ": " + shown(value.text()));
      return std::nullopt;
    }
    return Rating{written->value, best, worst};
  }

  // true and false are the ends of the scale "recommended or not".
  static std::optional<WrittenRating> rating_of(const Found& value) {
    if (value.kind() == Found::Kind::boolean)
      return WrittenRating{value.text() == "true" ? 1.0 : 0.0, {}};
    if (value.kind() == Found::Kind::other) return std::nullopt;
    if (const auto number = with_exponent(value.text())) return WrittenRating{*number, {}};
    if (is_percentage(value)) return parse_rating(value.text());
    if (const auto number = parse_number(value.text())) return WrittenRating{*number, {}};
    return parse_rating(value.text());
  }

  static bool is_percentage(const Found& value) { return text::trim(value.text()).ends_with('%'); }

  // "1e1" is ten, as in JSON.
  static std::optional<double> with_exponent(std::string_view written) {
    written = text::trim(written);
    double number = 0.0;
    const char* const end = written.data() + written.size();
    const auto [read, error] = std::from_chars(written.data(), end, number);
    const bool whole = error == std::errc() && read == end && std::isfinite(number);
    return whole && written.find_first_of("eE") != std::string_view::npos ? std::optional(number)
                                                                          : std::nullopt;
  }

  bool is_required(PostField field) const {
    return std::find(spec_.required.begin(), spec_.required.end(), field) != spec_.required.end();
  }

  void note_missing() {
    for (const PostField field : spec_.required) {
      const auto& [value, selector, blank] = at(field);
      const bool unsaid = field == PostField::text && blank;  // a rating alone, a picture
      if (value.is_missing() && !unsaid) drift(selector, "is missing");
      if (says_none(field, value))
        drift(selector, "says that there is none: " + std::string(value.text()));
    }
    for (const PostField field : spec_.expected)
      if (at(field).found.is_missing()) unread(field, "is missing");
  }

  // Whether a field's value is the service's word for "there is none".
  bool says_none(PostField field, const Found& value) const {
    switch (field) {
      case PostField::id:
      case PostField::url:
      case PostField::language:
      case PostField::app_version:
        return is_no(value);
      case PostField::parent:
      case PostField::posted_at:
      case PostField::edited_at:
      case PostField::replied_at:
        return is_no(value) || text::trim(value.text()) == "0";
      case PostField::rating: {
        if (tells_no_rating(value.text())) return true;
        const auto written = spec_.rating_none ? rating_of(value) : std::nullopt;
        return written && written->value == *spec_.rating_none;
      }
      default:
        return false;
    }
  }

  static std::string shown(std::string_view text) { return quoted(text, longest_shown_value); }
  static std::string shown(const Found& value) {
    return value.kind() == Found::Kind::other ? std::string(value.type_name())
                                              : shown(value.text());
  }

  const ItemView& item_;
  const FoundFields& fields_;
  const ItemSpec& spec_;
  const ExtractorSpec& source_;
  const ItemContext& context_;
  std::vector<std::string> drift_;
  std::vector<UnreadValue> unread_;
};

}  // namespace

bool tells_nothing(const ItemSpec& spec, const Found& value) {
  if (value.is_blank()) return true;
  return value.kind() == Found::Kind::text &&
         std::find(spec.unknown.begin(), spec.unknown.end(), value.text()) != spec.unknown.end();
}

Found translated(const ItemSpec& spec, PostField field, Found value) {
  const auto words = spec.values.empty() ? spec.values.end() : spec.values.find(field);
  if (words == spec.values.end()) return value;
  const auto word = words->second.find(std::string(value.text()));
  return word == words->second.end() ? Found() : Found::held_text(word->second);
}

FoundFields find_fields(const ItemView& item, const ItemSpec& spec) {
  FoundFields fields;
  for (const auto& [field, selectors] : spec.fields) {
    FoundField& out = fields[static_cast<std::size_t>(field)];
    for (const std::string& selector : selectors) {
      if (out.selector.empty()) out.selector = selector;
      Found here = item.look_up(selector);
      if (tells_nothing(spec, here)) continue;
      out = {translated(spec, field, std::move(here)), selector};
      break;
    }
  }
  return fields;
}

std::optional<std::string> item_id(const ItemView& item, const FoundFields& fields,
                                   const ItemSpec& spec, const ExtractorSpec& source,
                                   const ItemContext& context) {
  return PostReader(item, fields, spec, source, context).id();
}

BuiltPost build_post(const ItemView& item, const FoundFields& fields, const ItemSpec& spec,
                     const ExtractorSpec& source, const ItemContext& context) {
  return PostReader(item, fields, spec, source, context).read();
}

}  // namespace testigo::extract
