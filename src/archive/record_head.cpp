#include "archive/record_head.h"

#include <charconv>
#include <chrono>
#include <optional>
#include <string>

#include "core/time.h"
#include "text/normalize.h"

namespace testigo::archive {
namespace {

using text::trim;

// More fields than any writer needs; each costs an allocation.
constexpr std::size_t max_fields = 256;

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return {};
  return value;
}

tl::unexpected<Error> unfinished() { return fail(Errc::not_found, "a record's head does not end"); }

// ISO 28500 §4: "WARC/" version, then named fields as in RFC 822, then an empty line.
Result<RecordHead> parse_warc_head(std::string_view bytes) {
  RecordHead head;
  std::optional<std::uint64_t> length;
  std::size_t at = bytes.find('\n');
  if (at == std::string_view::npos) return unfinished();
  ++at;
  while (true) {
    const auto end = bytes.find('\n', at);
    if (end == std::string_view::npos) return unfinished();
    const std::string_view line = bytes.substr(at, end - at);
    at = end + 1;
    if (trim(line).empty()) break;
    if ((line.front() == ' ' || line.front() == '\t') && !head.fields.empty()) {
      head.fields.back().value.append(" ").append(trim(line));
      continue;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) {
      return fail(Errc::malformed, "a line of a record's head has no colon");
    }
    if (head.fields.size() == max_fields) {
      return fail(Errc::limit_exceeded, "a record's head has more than 256 fields");
    }
    head.fields.push_back(
        {std::string(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))});
  }
  const auto stated = find_header(head.fields, "Content-Length");
  if (stated) length = parse_number<std::uint64_t>(*stated);
  if (!length) return fail(Errc::malformed, "a record has no Content-Length that is a number");
  head.bytes = at;
  head.block_bytes = *length;
  return head;
}

// "20140216050221" → "2014-02-16T05:02:21Z"; shorter forms stand for their beginning.
std::optional<std::string> arc_date(std::string_view digits) {
  if (digits.size() < 8 || digits.find_first_not_of("0123456789") != std::string_view::npos)
    return {};
  std::string padded(digits.substr(0, 14));
  padded.append(14 - padded.size(), '0');
  const std::string_view p = padded;
  std::string iso;
  iso.append(p.substr(0, 4)).append("-").append(p.substr(4, 2)).append("-").append(p.substr(6, 2));
  iso.append("T").append(p.substr(8, 2)).append(":").append(p.substr(10, 2)).append(":");
  iso.append(p.substr(12, 2)).append("Z");
  if (!parse_iso8601(iso)) return {};
  return iso;
}

// Takes the last word off a line.
std::string_view cut_last_word(std::string_view& line) {
  const auto space = line.find_last_of(' ');
  const std::string_view word = space == std::string_view::npos ? line : line.substr(space + 1);
  line = space == std::string_view::npos ? std::string_view() : line.substr(0, space);
  return word;
}

// ARC 1: "URL IP date type length"; ARC 2 has five words more before the length. URLs hold spaces
// now and then, so the line is read from its end.
Result<RecordHead> parse_arc_head(std::string_view bytes) {
  const auto end = bytes.find('\n');
  if (end == std::string_view::npos) return unfinished();
  std::string_view line = trim(bytes.substr(0, end));
  const auto length = parse_number<std::uint64_t>(cut_last_word(line));
  const std::string_view type = cut_last_word(line);
  const std::string_view date = cut_last_word(line);
  const std::string_view address = cut_last_word(line);
  const auto iso = arc_date(date);
  if (!length || !iso || line.empty() || type.empty()) {
    return fail(Errc::malformed, "this is neither a WARC record nor the line of an ARC record");
  }
  RecordHead head;
  const bool is_http = line.starts_with("http:") || line.starts_with("https:");
  const bool is_info = line.starts_with("filedesc:");
  head.fields = {
      {"WARC-Type", is_info   ? "warcinfo"
                    : is_http ? "response"
                              : "resource"},
      {"WARC-Target-URI", std::string(line)},
      {"WARC-Date", *iso},
      {"WARC-IP-Address", std::string(address)},
      {"Content-Type", is_http ? "application/http;msgtype=response" : std::string(type)},
      {"Content-Length", std::to_string(*length)}};
  head.bytes = end + 1;
  head.block_bytes = *length;
  return head;
}

}  // namespace

Result<RecordHead> parse_record_head(std::string_view bytes) {
  return bytes.starts_with("WARC/") ? parse_warc_head(bytes) : parse_arc_head(bytes);
}

std::size_t line_ends(std::string_view bytes) {
  const auto end = bytes.find_first_not_of("\r\n");
  return end == std::string_view::npos ? bytes.size() : end;
}

}  // namespace testigo::archive
