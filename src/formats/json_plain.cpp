#include "formats/json_plain.h"

#include <charconv>
#include <limits>
#include <optional>

#include "text/utf8.h"

namespace testigo::formats {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Recursive descent; max_depth bounds the recursion.
class Reader {
 public:
  Reader(std::string_view bytes, const JsonLimits& limits) : bytes_(bytes), limits_(limits) {}

  Result<JsonValue> document() {
    std::optional<JsonValue> root = value(0);
    skip_space();
    if (root && at_ < bytes_.size()) stop("there is something after the end of the document");
    if (error_) return fail(std::move(*error_));
    return std::move(*root);
  }

 private:
  char peek() const { return at_ < bytes_.size() ? bytes_[at_] : '\0'; }
  bool end() const { return at_ >= bytes_.size(); }

  // Records the first fault, with the byte at which it shows. Nothing is what a failed part yields.
  std::nullopt_t stop(std::string what, Errc code = Errc::malformed) {
    if (error_) return std::nullopt;
    if (code == Errc::malformed && end()) {
      what = "the document ends too early";
    } else if (code == Errc::malformed && peek() == '\0') {
      what = "there is a NUL byte";
    }
    error_ = Error{code, "JSON: " + what + ", at byte " + std::to_string(at_) + ".", {}};
    return std::nullopt;
  }

  void skip_space() {
    while (!end() && (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t')) ++at_;
  }

  std::optional<JsonValue> value(std::size_t depth) {
    skip_space();
    if (++values_ > limits_.max_values) {
      return stop("more than " + std::to_string(limits_.max_values) + " values",
                  Errc::limit_exceeded);
    }
    switch (peek()) {
      case '{':
      case '[':
        if (depth == limits_.max_depth) {
          return stop("nested more than " + std::to_string(limits_.max_depth) + " levels deep",
                      Errc::limit_exceeded);
        }
        ++at_;
        return bytes_[at_ - 1] == '{' ? object(depth + 1) : array(depth + 1);
      case '"': {
        std::optional<std::string> text = string();
        return text ? std::optional<JsonValue>(std::in_place, std::move(*text)) : std::nullopt;
      }
      default:
        return is_digit(peek()) || peek() == '-' ? number() : word();
    }
  }

  // After an element: 1 where another follows, 0 at the close, nothing at a fault.
  std::optional<bool> another(char close) {
    skip_space();
    const bool closed = peek() == close;
    if (!closed && peek() != ',') return stop(std::string("expected ',' or '") + close + "'");
    ++at_;
    return !closed;
  }

  bool empty(char close) {
    skip_space();
    if (peek() != close) return false;
    ++at_;
    return true;
  }

  std::optional<JsonValue> array(std::size_t depth) {
    JsonValue::Array items;
    if (empty(']')) return JsonValue(std::move(items));
    while (true) {
      std::optional<JsonValue> item = value(depth);
      if (!item) return {};
      items.push_back(std::move(*item));
      const std::optional<bool> more = another(']');
      if (!more) return {};
      if (!*more) return JsonValue(std::move(items));
    }
  }

  std::optional<JsonValue> object(std::size_t depth) {
    JsonValue::Object members;
    if (empty('}')) return JsonValue(std::move(members));
    while (true) {
      skip_space();
      if (peek() != '"') return stop("expected a key in quotes");
      std::optional<std::string> key = string();
      skip_space();
      if (key && peek() != ':') return stop("expected ':' after a key");
      ++at_;
      std::optional<JsonValue> item = key ? value(depth) : std::nullopt;
      if (!item) return {};
      members.push_back({std::move(*key), std::move(*item)});
      const std::optional<bool> more = another('}');
      if (!more) return {};
      if (!*more) return JsonValue(std::move(members));
    }
  }

  std::optional<JsonValue> word() {
    const auto is = [this](std::string_view word) {
      if (bytes_.substr(at_, word.size()) != word) return false;
      at_ += word.size();
      return true;
    };
    if (is("true")) return JsonValue(true);
    if (is("false")) return JsonValue(false);
    if (is("null")) return JsonValue();
    return stop("expected a value");
  }

  bool digits() {
    if (!is_digit(peek())) {
      stop("expected a digit");
      return false;
    }
    while (is_digit(peek())) ++at_;
    return true;
  }

  std::optional<JsonValue> number() {
    const std::size_t begin = at_;
    bool integer = true;
    if (peek() == '-') ++at_;
    if (peek() == '0') {
      ++at_;
      if (is_digit(peek())) return stop("a number begins with a zero");
    } else if (!digits()) {
      return {};
    }
    if (peek() == '.') {
      integer = false;
      ++at_;
      if (!digits()) return {};
    }
    if (peek() == 'e' || peek() == 'E') {
      integer = false;
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      if (!digits()) return {};
    }
    return number(bytes_.substr(begin, at_ - begin), integer);
  }

  // The grammar has been checked. What exceeds a double is its greatest value, so that one wild
  // number does not cost the document.
  static JsonValue number(std::string_view text, bool integer) {
    const char* last = text.data() + text.size();
    std::int64_t whole = 0;
    if (integer && std::from_chars(text.data(), last, whole).ec == std::errc()) {
      return JsonValue(whole);
    }
    double real = 0.0;
    if (std::from_chars(text.data(), last, real).ec == std::errc()) return JsonValue(real);
    const bool tiny = text.find_first_of("eE") != std::string_view::npos &&
                      text[text.find_first_of("eE") + 1] == '-';
    const double greatest = std::numeric_limits<double>::max();
    return JsonValue(tiny ? 0.0 : text[0] == '-' ? -greatest : greatest);
  }

  std::optional<std::string> string() {
    std::string out;
    ++at_;
    while (!end() && peek() != '"') {
      if (static_cast<unsigned char>(peek()) < 0x20) return stop("a control character in a string");
      if (peek() == '\\') {
        if (!escape(out)) return {};
        continue;
      }
      const text::CodePoint point = text::decode(bytes_, at_);
      if (!point.valid) return stop("bytes that are not UTF-8");
      out.append(bytes_, at_, point.size);
      at_ += point.size;
    }
    if (end()) return stop("a string without its end");
    ++at_;
    return out;
  }

  bool escape(std::string& out) {
    static constexpr std::string_view names = "\"\\/bfnrt";
    static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const char c = at_ + 1 < bytes_.size() ? bytes_[at_ + 1] : '\0';
    if (c == 'u') return unicode_escape(out);
    const std::size_t which = c == '\0' ? std::string_view::npos : names.find(c);
    if (which == std::string_view::npos) {
      stop("an unknown escape");
      return false;
    }
    out += meanings[which];
    at_ += 2;
    return true;
  }

  // The four digits of a "\uXXXX" that begins at `at`.
  std::optional<char32_t> code_unit(std::size_t at) const {
    if (bytes_.substr(at, 2) != "\\u" || at + 6 > bytes_.size()) return {};
    unsigned unit = 0;
    const char* last = bytes_.data() + at + 6;
    const auto result = std::from_chars(bytes_.data() + at + 2, last, unit, 16);
    if (result.ec != std::errc() || result.ptr != last) return {};
    return unit;
  }

  bool unicode_escape(std::string& out) {
    const std::optional<char32_t> unit = code_unit(at_);
    if (!unit) {
      stop("a \\u escape without four hexadecimal digits");
      return false;
    }
    at_ += 6;
    char32_t point = *unit;
    if (*unit >= 0xD800 && *unit < 0xDC00) {
      const std::optional<char32_t> low = code_unit(at_);
      if (low && *low >= 0xDC00 && *low < 0xE000) {
        point = 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00);
        at_ += 6;
      }
    }
    out += text::encode(point);  // U+FFFD for a surrogate left alone
    return true;
  }

  std::string_view bytes_;
  const JsonLimits& limits_;
  std::size_t at_ = 0;
  std::size_t values_ = 0;
  std::optional<Error> error_;
};

}  // namespace

Result<JsonValue> parse_json_plain(std::string_view bytes, const JsonLimits& limits) {
  return Reader(bytes, limits).document();
}

}  // namespace testigo::formats
