#include "formats/mime.h"

#include <algorithm>

#include "text/charset.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::formats {
namespace {

using Fields = std::vector<Mail::Field>;

// Bytes of no declared encoding, in UTF-8.
std::string guessed_utf8(std::string_view bytes) {
  if (text::is_valid_utf8(bytes)) return std::string(bytes);
  auto decoded = text::decode_to_utf8(bytes, text::detect_encoding(bytes).value_or("windows-1252"));
  return decoded ? std::move(*decoded) : text::replace_invalid(bytes);
}

std::string in_utf8(std::string_view bytes, const std::string& charset) {
  const auto encoding = text::encoding_for_label(charset);
  // A message that says it is ASCII, or nothing, or UTF-8 and is not, is what it looks like.
  if (!encoding || (*encoding == "UTF-8" && !text::is_valid_utf8(bytes)) ||
      text::equal_ignoring_case(charset, "us-ascii"))
    return guessed_utf8(bytes);
  auto decoded = text::decode_to_utf8(bytes, *encoding);
  return decoded ? std::move(*decoded) : guessed_utf8(bytes);
}

std::string_view take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// RFC 5322 §2.2: fields up to the first blank line, folded lines joined. Takes them off `rest`.
Fields take_fields(std::string_view& rest) {
  Fields fields;
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    if (line.empty()) break;
    if (line.front() == ' ' || line.front() == '\t') {
      if (!fields.empty()) fields.back().value.append(" ").append(text::trim(line));
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || fields.size() >= max_mail_fields) continue;
    fields.push_back({std::string(text::trim(line.substr(0, colon))),
                      std::string(text::trim(line.substr(colon + 1)))});
  }
  return fields;
}

std::string value_of(const Fields& fields, std::string_view name) {
  for (const Mail::Field& field : fields)
    if (text::equal_ignoring_case(field.name, name)) return field.value;
  return {};
}

// RFC 2045 §5.1: a parameter of "text/plain; charset=utf-8; format=flowed"; empty where absent.
std::string parameter(std::string_view value, std::string_view name) {
  std::size_t at = value.find(';');
  while (at != std::string_view::npos) {
    value.remove_prefix(at + 1);
    const std::size_t equals = value.find('=');
    if (equals == std::string_view::npos) return {};
    const bool wanted = text::equal_ignoring_case(text::trim(value.substr(0, equals)), name);
    value.remove_prefix(equals + 1);
    value = text::trim(value);
    const bool quoted = value.starts_with('"');
    if (quoted) value.remove_prefix(1);
    const std::size_t end = std::min(value.find_first_of(quoted ? "\"" : "; \t"), value.size());
    if (wanted) return std::string(value.substr(0, end));
    value.remove_prefix(end);
    at = value.find(';');
  }
  return {};
}

// RFC 2046 §5.1.1: what stands between the lines "--boundary".
std::vector<std::string_view> parts_of(std::string_view body, const std::string& boundary) {
  std::vector<std::string_view> parts;
  const std::string mark = "--" + boundary;
  std::optional<std::size_t> begin;
  std::string_view rest = body;
  while (!rest.empty()) {
    const auto line_at = static_cast<std::size_t>(rest.data() - body.data());
    const std::string_view line = take_line(rest);
    if (!line.starts_with(mark)) continue;
    const std::string_view tail = text::trim(line.substr(mark.size()));
    if (!tail.empty() && tail != "--") continue;
    if (begin) parts.push_back(body.substr(*begin, line_at - *begin));
    if (tail == "--" || parts.size() >= max_mail_parts) return parts;
    begin = body.size() - rest.size();
  }
  if (begin) parts.push_back(body.substr(*begin));  // the message was cut
  return parts;
}

// RFC 3676 §4.2: flowed lines end in a space and go on in the next.
std::string unflowed(std::string_view flowed, bool delete_space) {
  std::string out;
  while (!flowed.empty()) {
    std::string_view line = take_line(flowed);
    if (line.starts_with(' ')) line.remove_prefix(1);  // space-stuffed
    const bool flows = line.ends_with(' ') && line != "-- ";
    if (flows && delete_space) line.remove_suffix(1);
    out.append(line);
    if (!flows) out += '\n';
  }
  return out;
}

struct Words {
  std::string text;
  bool is_html = false;
};

// The readable words of an entity (RFC 2045 §2.4), its own fields taken off.
class BodyReader {
 public:
  Words read(const Fields& fields, std::string_view body, std::size_t depth) {
    if (++parts_ > max_mail_parts || depth > max_mail_depth || is_attachment(fields)) return {};
    const std::string written = value_of(fields, "Content-Type");
    const std::string type =
        text::ascii_lower(text::trim(std::string_view(written).substr(0, written.find(';'))));
    if (type.starts_with("multipart/"))
      return multipart(type, parameter(written, "boundary"), body, depth);
    if (!type.empty() && type != "text/plain" && type != "text/html" && type != "text") return {};
    const std::string coding = text::ascii_lower(value_of(fields, "Content-Transfer-Encoding"));
    std::string decoded = coding == "quoted-printable" ? decode_quoted_printable(body)
                          : coding == "base64"         ? decode_base64(body)
                                                       : std::string(body);
    decoded = in_utf8(decoded, parameter(written, "charset"));
    if (text::equal_ignoring_case(parameter(written, "format"), "flowed"))
      decoded = unflowed(decoded, text::equal_ignoring_case(parameter(written, "delsp"), "yes"));
    return {std::move(decoded), type == "text/html"};
  }

 private:
  static bool is_attachment(const Fields& fields) {
    return text::ascii_lower(value_of(fields, "Content-Disposition")).starts_with("attachment");
  }

  Words multipart(const std::string& type, const std::string& boundary, std::string_view body,
                  std::size_t depth) {
    if (boundary.empty()) return {};
    Words all;
    const bool alternatives = type == "multipart/alternative";
    for (std::string_view part : parts_of(body, boundary)) {
      const Fields fields = take_fields(part);
      Words words = read(fields, part, depth + 1);
      if (text::trim(words.text).empty()) continue;
      if (all.text.empty()) {
        all = std::move(words);
      } else if (alternatives) {
        if (all.is_html && !words.is_html) all = std::move(words);
      } else if (words.is_html == all.is_html && type != "multipart/related") {
        all.text += all.is_html ? "<br>" : "\n";
        all.text += words.text;
      }
    }
    return all;
  }

  std::size_t parts_ = 0;
};

}  // namespace

std::optional<std::string> Mail::field(std::string_view name) const {
  std::string value = value_of(fields, name);
  if (value.empty()) return std::nullopt;
  return value;
}

Mail read_mail(std::string_view bytes) {
  Mail mail;
  mail.fields = take_fields(bytes);
  Words words = BodyReader().read(mail.fields, bytes, 0);
  mail.body = std::move(words.text);
  mail.body_is_html = words.is_html;
  for (Mail::Field& field : mail.fields) {
    field.name = guessed_utf8(field.name);
    field.value = decode_encoded_words(guessed_utf8(field.value));
  }
  return mail;
}

}  // namespace testigo::formats
