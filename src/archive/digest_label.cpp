#include "archive/digest_label.h"

#include <algorithm>
#include <string>

#include "core/digest.h"

namespace testigo::archive {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

// RFC 4648 §6, without padding, lower case.
std::string base32(const Sha256& digest) {
  constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
  std::string out;
  unsigned buffer = 0;
  unsigned bits = 0;
  for (const std::uint8_t byte : digest) {
    buffer = buffer << 8 | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += alphabet[(buffer >> bits) & 31];
    }
    buffer &= (1u << bits) - 1;
  }
  if (bits > 0) out += alphabet[(buffer << (5 - bits)) & 31];
  return out;
}

}  // namespace

DigestMatch compare_digest(std::string_view labelled, std::string_view bytes) {
  const auto colon = labelled.find(':');
  if (colon == std::string_view::npos) return DigestMatch::unknown;
  const std::string algorithm = lower(labelled.substr(0, colon));
  if (algorithm != "sha256" && algorithm != "sha-256") return DigestMatch::unknown;
  std::string stated = lower(labelled.substr(colon + 1));
  while (stated.ends_with('=')) stated.pop_back();
  const Sha256 digest = sha256(bytes);
  return stated == to_hex(digest) || stated == base32(digest) ? DigestMatch::same
                                                              : DigestMatch::different;
}

}  // namespace testigo::archive
