#include "archive/redact.h"

#include <algorithm>
#include <array>
#include <utility>

#include "formats/url.h"
#include "text/normalize.h"

namespace testigo::archive {
namespace {

constexpr std::size_t least_secret_bytes = 4;

// Headers whose values are secrets whoever sets them.
constexpr std::array<std::string_view, 12> secret_headers = {
    "authorization", "proxy-authorization", "cookie",        "set-cookie",
    "x-api-key",     "x-auth-token",        "api-key",       "x-goog-api-key",
    "x-csrf-token",  "x-access-token",      "private-token", "x-apikey"};

bool is_secret_header(std::string_view name) {
  const std::string lower = text::ascii_lower(name);
  return std::find(secret_headers.begin(), secret_headers.end(), lower) != secret_headers.end();
}

void replace_all(std::string& text, std::string_view what) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at)) {
    text.replace(at, what.size(), redacted);
    at += redacted.size();
  }
}

// How a secret may stand in a URL: as it is, escaped, escaped in lower case, and with '+' for
// space.
std::vector<std::string> forms_of(const std::string& secret) {
  const std::string escaped = formats::percent_encode(secret);
  std::string small = escaped;
  for (std::size_t i = 0; i + 2 < small.size(); ++i) {
    if (small[i] != '%') continue;
    for (std::size_t k = i + 1; k <= i + 2; ++k) {
      if (small[k] >= 'A' && small[k] <= 'F') small[k] = static_cast<char>(small[k] + 32);
    }
  }
  std::string plus = escaped;
  for (auto at = plus.find("%20"); at != std::string::npos; at = plus.find("%20", at)) {
    plus.replace(at, 3, "+");
  }
  return {secret, escaped, small, plus};
}

}  // namespace

std::string redact(std::string_view text, std::span<const std::string> secrets) {
  std::vector<std::string> forms;
  for (const std::string& secret : secrets) {
    if (secret.size() < least_secret_bytes) continue;
    for (std::string& form : forms_of(secret)) forms.push_back(std::move(form));
  }
  // The longest first: a secret may stand inside another.
  std::sort(forms.begin(), forms.end(),
            [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  std::string out(text);
  for (const std::string& form : forms) replace_all(out, form);
  return out;
}

std::vector<Header> redact(std::vector<Header> headers, std::span<const std::string> secrets) {
  for (Header& header : headers) {
    header.value =
        is_secret_header(header.name) ? std::string(redacted) : redact(header.value, secrets);
  }
  return headers;
}

}  // namespace testigo::archive
