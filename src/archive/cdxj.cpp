#include "archive/cdxj.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "archive/surt.h"
#include "archive/tombstone.h"
#include "core/digest.h"
#include "formats/json.h"
#include "formats/json_writer.h"

namespace testigo::archive {
namespace {

constexpr std::size_t timestamp_digits = 14;

// "2026-11-25T12:00:00Z" → "20261125120000".
std::string timestamp_of(UtcTime time) {
  std::string digits = to_iso8601(time);
  std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
  digits.resize(timestamp_digits, '0');
  return digits;
}

std::optional<UtcTime> parse_timestamp(std::string_view digits) {
  if (digits.size() != timestamp_digits) return {};
  std::string iso(digits);
  for (const auto& [at, mark] : {std::pair{12, ':'}, {10, ':'}, {8, 'T'}, {6, '-'}, {4, '-'}}) {
    iso.insert(static_cast<std::size_t>(at), 1, mark);
  }
  return parse_iso8601(iso + "Z");
}

template <class Number>
Number number_in(std::string_view text) {
  Number value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string media_type(std::string_view content_type) {
  return std::string(content_type.substr(0, content_type.find_first_of("; \t\r\n")));
}

bool is_capture(const WarcRecord& record) {
  const std::string_view type = record.type();
  if (type == "response" || type == "revisit") return true;
  return (type == "resource" || type == "metadata") &&
         record.field("Content-Type") != "application/warc-fields";
}

bool is_http(const WarcRecord& record) {
  return record.field("Content-Type").starts_with("application/http");
}

}  // namespace

std::string cdxj_line(const CdxjEntry& entry) {
  std::string line = surt_of(entry.url) + " " + timestamp_of(entry.time) + " {";
  const auto add = [&line](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    if (line.back() != '{') line += ", ";
    line.append("\"").append(name).append("\": ").append(formats::json_quote(value));
  };
  add("url", entry.url);
  add("mime", entry.mime);
  add("status", entry.status == 0 ? "" : std::to_string(entry.status));
  add("digest", entry.digest);
  add("length", std::to_string(entry.length));
  add("offset", std::to_string(entry.offset));
  add("filename", entry.filename);
  return line + "}\n";
}

Result<CdxjEntry> parse_cdxj_line(std::string_view line) {
  const auto key_end = line.find(' ');
  const auto time_end = key_end == std::string_view::npos ? key_end : line.find(' ', key_end + 1);
  if (time_end == std::string_view::npos) {
    return fail(Errc::malformed, "a line of the index has no time or no fields");
  }
  const auto time = parse_timestamp(line.substr(key_end + 1, time_end - key_end - 1));
  if (!time) return fail(Errc::malformed, "a line of the index has no time of 14 digits");
  const auto json = formats::parse_json(line.substr(time_end + 1));
  if (!json) return fail(json.error());
  const auto text = [&json](std::string_view name) {
    const formats::JsonValue* value = json->find(name);
    return value == nullptr ? std::string() : value->to_text().value_or("");
  };
  return CdxjEntry{text("url"),
                   *time,
                   text("mime"),
                   number_in<int>(text("status")),
                   text("digest"),
                   number_in<std::uint64_t>(text("length")),
                   number_in<std::uint64_t>(text("offset")),
                   text("filename")};
}

std::string media_type_of(const std::vector<Header>& headers) {
  return media_type(find_header(headers, "Content-Type").value_or(""));
}

std::optional<CdxjEntry> cdxj_entry(const WarcRecord& record, std::string_view filename) {
  if (!is_capture(record) || is_tombstone(record) || record.target_uri().empty()) return {};
  CdxjEntry entry;
  entry.url = record.target_uri();
  entry.time = std::chrono::floor<std::chrono::seconds>(record.date().value_or(UtcTime()));
  entry.mime = media_type(record.field("Content-Type"));
  entry.digest = record.field("WARC-Payload-Digest");
  entry.length = record.length;
  entry.offset = record.offset;
  entry.filename = filename;
  auto message = is_http(record) ? parse_http_message(record.block)
                                 : Result<HttpMessage>(fail(Errc::malformed, "no HTTP"));
  if (message) {
    entry.status = message->status;
    entry.mime = media_type_of(message->headers);
  } else if (is_http(record)) {
    entry.mime.clear();
  }
  if (record.type() == "revisit") entry.mime = "warc/revisit";
  if (entry.digest.empty() && record.type() != "revisit") {
    entry.digest = labelled_digest(message ? std::string_view(message->body) : record.block);
  }
  return entry;
}

}  // namespace testigo::archive
