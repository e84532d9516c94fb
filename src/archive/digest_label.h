#pragma once

#include <string_view>

namespace testigo::archive {

// How a digest field ("sha256:…" or "sha1:…", in hexadecimal or base32) compares with bytes.
enum class DigestMatch {
  same,
  different,
  unknown,  // another algorithm, or no label at all
};
[[nodiscard]] DigestMatch compare_digest(std::string_view labelled, std::string_view bytes);

}  // namespace testigo::archive
