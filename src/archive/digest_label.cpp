#include "archive/digest_label.h"

#include <string>

#include "core/digest.h"
#include "text/normalize.h"

namespace testigo::archive {
namespace {

// RFC 4648 §6, without padding, lower case.
std::string base32(std::string_view bytes) {
  constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
  std::string out;
  unsigned buffer = 0;
  unsigned bits = 0;
  for (const char c : bytes) {
    buffer = buffer << 8 | static_cast<unsigned char>(c);
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

template <class Digest>
std::string bytes_of(const Digest& digest) {
  return {digest.begin(), digest.end()};
}

}  // namespace

DigestMatch compare_digest(std::string_view labelled, std::string_view bytes) {
  const auto colon = labelled.find(':');
  if (colon == std::string_view::npos) return DigestMatch::unknown;
  const std::string algorithm = text::ascii_lower(labelled.substr(0, colon));
  std::string digest;
  if (algorithm == "sha256" || algorithm == "sha-256") digest = bytes_of(sha256(bytes));
  if (algorithm == "sha1" || algorithm == "sha-1") digest = bytes_of(sha1(bytes));
  if (digest.empty()) return DigestMatch::unknown;
  std::string stated = text::ascii_lower(labelled.substr(colon + 1));
  while (stated.ends_with('=')) stated.pop_back();
  return stated == to_hex(digest) || stated == base32(digest) ? DigestMatch::same
                                                              : DigestMatch::different;
}

}  // namespace testigo::archive
