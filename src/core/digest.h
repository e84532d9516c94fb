#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace testigo {

using Sha256 = std::array<std::uint8_t, 32>;

// FIPS 180-4, computed by libcrypto.
[[nodiscard]] Sha256 sha256(std::string_view bytes);

// FIPS 180-4. Broken as a seal: only for checking digests that other tools wrote.
using Sha1 = std::array<std::uint8_t, 20>;
[[nodiscard]] Sha1 sha1(std::string_view bytes);

// RFC 2104 with SHA-256: pseudonyms for authors under the store's local key.
[[nodiscard]] Sha256 hmac_sha256(std::string_view key, std::string_view bytes);

// Lower-case hexadecimal, two digits a byte.
[[nodiscard]] std::string to_hex(std::string_view bytes);
[[nodiscard]] std::string to_hex(const Sha256& digest);

// "sha256:" and 64 hexadecimal digits: the form in WARC headers, verdicts and tables.
[[nodiscard]] std::string labelled_digest(std::string_view bytes);

// The same over parts, one behind the other.
[[nodiscard]] std::string labelled_digest(std::span<const std::string_view> parts);

// The first 64 bits of SHA-256 over the parts, each preceded by its length so that no two lists of
// parts collide by concatenation. Big-endian, as a signed integer (SQLite's own).
[[nodiscard]] std::int64_t key_of(std::initializer_list<std::string_view> parts);

// 16 hexadecimal digits: how 64-bit ids are shown, and their inverse.
[[nodiscard]] std::string show_key(std::int64_t key);
[[nodiscard]] std::optional<std::int64_t> parse_key(std::string_view text);

// Bytes from the operating system's cryptographic generator.
[[nodiscard]] std::string random_bytes(std::size_t count);

}  // namespace testigo
