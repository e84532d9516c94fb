#include "text/idna.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <unicode/uidna.h>

#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::text {
namespace {

// Longer than any name in the DNS (253); bounds what ICU is asked to look at.
constexpr std::size_t max_domain_bytes = 4'096;

struct CloseIdna {
  void operator()(UIDNA* idna) const noexcept { uidna_close(idna); }
};

// An immutable ICU service object: thread-safe once open. Null only where ICU's data is missing.
const UIDNA* processor() {
  static const std::unique_ptr<UIDNA, CloseIdna> idna = [] {
    UErrorCode status = U_ZERO_ERROR;
    constexpr auto options = UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
                             UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE;
    return std::unique_ptr<UIDNA, CloseIdna>(uidna_openUTS46(options, &status));
  }();
  return idna.get();
}

// URL standard §3.3 with beStrict false: CheckHyphens and VerifyDnsLength are off.
constexpr std::uint32_t tolerated = UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG |
                                    UIDNA_ERROR_DOMAIN_NAME_TOO_LONG | UIDNA_ERROR_LEADING_HYPHEN |
                                    UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4;

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

// UTS 46 revision 33 (Unicode 16) maps what the data of ICU 72 (Unicode 15) refuses or maps
// otherwise. Nothing means ignored.
struct Remapped {
  char32_t from;
  char32_t to;
};
constexpr std::array<Remapped, 10> newer_mappings = {{{0x04C0, 0x04CF},
                                                      {0x180E, 0},
                                                      {0x1E9E, 0x00DF},
                                                      {0x2132, 0x214E},
                                                      {0x2183, 0x2184},
                                                      {0x2F868, 0x36FC},
                                                      {0x2F874, 0x5F33},
                                                      {0x2F91F, 0x243AB},
                                                      {0x2F95F, 0x7AEE},
                                                      {0x2F9BF, 0x45D7}}};

std::string apply_newer_mappings(std::string_view domain) {
  std::string out;
  for (std::size_t at = 0; at < domain.size();) {
    const CodePoint point = decode(domain, at);
    const auto found = std::find_if(newer_mappings.begin(), newer_mappings.end(),
                                    [point](const auto& row) { return row.from == point.value; });
    if (found == newer_mappings.end()) {
      out.append(domain, at, point.size);
    } else if (found->to != 0) {
      out += encode(found->to);
    }
    at += point.size;
  }
  return out;
}

using Convert = int32_t (*)(const UIDNA*, const char*, int32_t, char*, int32_t, UIDNAInfo*,
                            UErrorCode*);

// Nothing where ICU reports an error that is not tolerated.
std::optional<std::string> convert(Convert function, std::string_view domain) {
  if (!processor() || domain.size() > max_domain_bytes) return {};
  std::string out(max_domain_bytes * 4, '\0');
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode status = U_ZERO_ERROR;
  const int32_t size = function(processor(), domain.data(), static_cast<int32_t>(domain.size()),
                                out.data(), static_cast<int32_t>(out.size()), &info, &status);
  if (U_FAILURE(status) || (info.errors & ~tolerated) != 0) return {};
  out.resize(static_cast<std::size_t>(size));
  return out;
}

}  // namespace

Result<std::string> domain_to_ascii(std::string_view domain) {
  // The standard's short way: of ASCII nothing is mapped, and unsound "xn--" labels stand.
  if (is_ascii(domain)) return ascii_lower(domain);
  std::optional<std::string> ascii = convert(uidna_nameToASCII_UTF8, apply_newer_mappings(domain));
  if (!ascii) {
    return fail(Errc::malformed, "\"" + std::string(domain) + "\" is not a domain name.");
  }
  return std::move(*ascii);
}

std::string domain_to_unicode(std::string_view domain) {
  return convert(uidna_nameToUnicodeUTF8, domain).value_or(std::string(domain));
}

}  // namespace testigo::text
