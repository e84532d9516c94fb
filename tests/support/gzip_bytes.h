#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace testigo::test {

// A sound gzip member that holds `bytes` uncompressed ("stored"): fixtures need no library.
[[nodiscard]] std::string gzip_stored(std::string_view bytes);

// A gzip member that inflates to `zeros` zero bytes at about 158:1, without its checksum: a bomb
// goes off long before that would be looked at.
[[nodiscard]] std::string gzip_bomb(std::size_t zeros);

}  // namespace testigo::test
