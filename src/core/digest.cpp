#include "core/digest.h"

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

namespace testigo {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Looked up once: finding an algorithm by its name takes longer than hashing a short key.
const EVP_MD* sha256_algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return algorithm;
}

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};

constexpr std::size_t sha256_block_bytes = 64;

std::string padded(std::string_view key, char pad) {
  std::string block(sha256_block_bytes, pad);
  for (std::size_t i = 0; i < key.size(); ++i) block[i] = static_cast<char>(block[i] ^ key[i]);
  return block;
}

Sha256 sha256_of(std::span<const std::string_view> parts) {
  // Kept for each thread: making one takes as long as hashing a short key.
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  Sha256 digest{};
  EVP_DigestInit_ex(context.get(), sha256_algorithm(), nullptr);
  for (const std::string_view part : parts)
    EVP_DigestUpdate(context.get(), part.data(), part.size());
  EVP_DigestFinal_ex(context.get(), digest.data(), nullptr);
  return digest;
}

std::string_view view_of(const Sha256& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace

Sha256 sha256(std::string_view bytes) { return sha256_of({&bytes, 1}); }

Sha1 sha1(std::string_view bytes) {
  Sha1 digest{};
  SHA1(bytes_of(bytes), bytes.size(), digest.data());
  return digest;
}

Sha256 hmac_sha256(std::string_view key, std::string_view bytes) {
  // RFC 2104 §2, without libcrypto's own, which spends most of its time on setting up.
  if (key.size() > sha256_block_bytes) return hmac_sha256(view_of(sha256(key)), bytes);
  const Sha256 inner = sha256(padded(key, 0x36).append(bytes));
  return sha256(padded(key, 0x5c).append(view_of(inner)));
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex += digits[byte >> 4];
    hex += digits[byte & 15];
  }
  return hex;
}

std::string to_hex(const Sha256& digest) {
  return to_hex(view_of(digest));
}

std::string labelled_digest(std::string_view bytes) { return labelled_digest({&bytes, 1}); }

std::string labelled_digest(std::span<const std::string_view> parts) {
  return "sha256:" + to_hex(sha256_of(parts));
}

std::int64_t key_of(std::initializer_list<std::string_view> parts) {
  constexpr std::size_t most_digits = 20;
  std::size_t longest = 0;
  for (const std::string_view part : parts) longest += most_digits + 1 + part.size();
  std::string joined;
  joined.reserve(longest);
  for (const std::string_view part : parts) {
    std::array<char, most_digits> digits;
    joined.append(digits.data(),
                  std::to_chars(digits.data(), digits.data() + digits.size(), part.size()).ptr);
    joined += ':';
    joined += part;
  }
  const Sha256 digest = sha256(joined);
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < 8; ++i) key = key << 8 | digest[i];
  return static_cast<std::int64_t>(key);
}

std::string show_key(std::int64_t key) {
  std::array<char, 17> out{};
  std::snprintf(out.data(), out.size(), "%016llx", static_cast<unsigned long long>(key));
  return out.data();
}

std::optional<std::int64_t> parse_key(std::string_view text) {
  if (text.size() != 16) return std::nullopt;
  std::uint64_t key = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), key, 16);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return static_cast<std::int64_t>(key);
}

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1)
    std::abort();  // no entropy: nothing made from here on could be trusted
  return bytes;
}

}  // namespace testigo
