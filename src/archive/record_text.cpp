#include "archive/record_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/digest.h"
#include "text/normalize.h"

namespace testigo::archive {
namespace {

void append_value(std::string& out, std::string_view value) {
  std::transform(value.begin(), value.end(), std::back_inserter(out), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f ? ' ' : c;
  });
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  append_value(out, name);
  out += ": ";
  append_value(out, value);
  out += "\r\n";
}

// "/path?query" and "host:port" of an absolute URL.
std::pair<std::string_view, std::string_view> target_and_host(std::string_view url) {
  url = url.substr(0, url.find('#'));
  const auto scheme = url.find("//");
  if (scheme == std::string_view::npos) return {url, {}};
  const std::string_view rest = url.substr(scheme + 2);
  const auto path = rest.find_first_of("/?");
  if (path == std::string_view::npos) return {"/", rest};
  return {rest.substr(path), rest.substr(0, path)};
}

// Of what has no words of its own (HTTP/2), those of RFC 9110 §15 and RFC 6585; "" for others.
std::string_view usual_reason(int status) {
  struct Reason {
    int status;
    std::string_view words;
  };
  constexpr std::array reasons = {Reason{200, "OK"},
                                  Reason{201, "Created"},
                                  Reason{202, "Accepted"},
                                  Reason{203, "Non-Authoritative Information"},
                                  Reason{204, "No Content"},
                                  Reason{205, "Reset Content"},
                                  Reason{206, "Partial Content"},
                                  Reason{300, "Multiple Choices"},
                                  Reason{301, "Moved Permanently"},
                                  Reason{302, "Found"},
                                  Reason{303, "See Other"},
                                  Reason{304, "Not Modified"},
                                  Reason{307, "Temporary Redirect"},
                                  Reason{308, "Permanent Redirect"},
                                  Reason{400, "Bad Request"},
                                  Reason{401, "Unauthorized"},
                                  Reason{402, "Payment Required"},
                                  Reason{403, "Forbidden"},
                                  Reason{404, "Not Found"},
                                  Reason{405, "Method Not Allowed"},
                                  Reason{406, "Not Acceptable"},
                                  Reason{408, "Request Timeout"},
                                  Reason{409, "Conflict"},
                                  Reason{410, "Gone"},
                                  Reason{421, "Misdirected Request"},
                                  Reason{429, "Too Many Requests"},
                                  Reason{451, "Unavailable For Legal Reasons"},
                                  Reason{500, "Internal Server Error"},
                                  Reason{501, "Not Implemented"},
                                  Reason{502, "Bad Gateway"},
                                  Reason{503, "Service Unavailable"},
                                  Reason{504, "Gateway Timeout"}};
  const auto found = std::find_if(reasons.begin(), reasons.end(),
                                  [&](const Reason& one) { return one.status == status; });
  return found == reasons.end() ? std::string_view() : found->words;
}

}  // namespace

std::string record_text(std::vector<Header> fields, std::string_view block) {
  fields.push_back({"WARC-Block-Digest", labelled_digest(block)});
  fields.push_back({"Content-Length", std::to_string(block.size())});
  std::string text = "WARC/1.1\r\n";
  for (const Header& field : fields) append_field(text, field.name, field.value);
  text += "\r\n";
  text += block;
  text += "\r\n\r\n";
  return text;
}

std::string new_record_id() {
  std::string bytes = random_bytes(16);
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
  std::string uuid = to_hex(bytes);
  for (const std::size_t at : {std::size_t{8}, std::size_t{13}, std::size_t{18}, std::size_t{23}}) {
    uuid.insert(at, 1, '-');
  }
  return "<urn:uuid:" + uuid + ">";
}

std::string response_head(const Page& page) {
  const bool is_text_form = page.http_version.starts_with("1.");
  std::string block = "HTTP/" + (is_text_form ? page.http_version : "1.1") + " ";
  block += std::to_string(page.status) + " ";
  append_value(block, is_text_form ? std::string_view(page.reason) : usual_reason(page.status));
  block += "\r\n";
  for (const Header& header : page.headers) {
    const bool undone = text::ascii_lower(header.name) == "transfer-encoding";
    append_field(block, undone ? "X-Archive-Orig-" + header.name : header.name, header.value);
  }
  block += "\r\n";
  return block;
}

std::string response_block(const Page& page) { return response_head(page) + page.body_as_sent; }

std::string request_block(const Exchange& exchange) {
  const auto [target, host] = target_and_host(exchange.archive_url);
  std::string block;
  append_value(block, exchange.method);
  block += ' ';
  append_value(block, target.starts_with('?') ? "/" + std::string(target) : std::string(target));
  block += " HTTP/1.1\r\n";
  append_field(block, "Host", host);
  for (const Header& header : exchange.request_headers)
    append_field(block, header.name, header.value);
  if (!exchange.request_body.empty()) {
    append_field(block, "Content-Length", std::to_string(exchange.request_body.size()));
  }
  block += "\r\n";
  block += exchange.request_body;
  return block;
}

std::vector<Header> answer_fields(std::string_view type, std::string_view record_id,
                                  std::string_view warcinfo_id, const Exchange& exchange) {
  const Page& page = exchange.page;
  std::vector<Header> fields = {{"WARC-Type", std::string(type)},
                                {"WARC-Record-ID", std::string(record_id)},
                                {"WARC-Warcinfo-ID", std::string(warcinfo_id)},
                                {"WARC-Date", to_iso8601(page.fetched_at)},
                                {"WARC-Target-URI", exchange.archive_url}};
  if (!page.remote_address.empty()) fields.push_back({"WARC-IP-Address", page.remote_address});
  if (page.http_version == "2") fields.push_back({"WARC-Protocol", "h2"});
  if (page.cut_short) fields.push_back({"WARC-Truncated", "length"});
  fields.push_back({"Content-Type", "application/http;msgtype=response"});
  return fields;
}

std::vector<Header> request_fields(std::string_view record_id, std::string_view answer_id,
                                   std::string_view warcinfo_id, const Exchange& exchange) {
  return {{"WARC-Type", "request"},
          {"WARC-Record-ID", std::string(record_id)},
          {"WARC-Warcinfo-ID", std::string(warcinfo_id)},
          {"WARC-Concurrent-To", std::string(answer_id)},
          {"WARC-Date", to_iso8601(exchange.page.fetched_at)},
          {"WARC-Target-URI", exchange.archive_url},
          {"Content-Type", "application/http;msgtype=request"}};
}

}  // namespace testigo::archive
