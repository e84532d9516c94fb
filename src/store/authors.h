#pragma once

#include <string>
#include <string_view>

#include "store/connection.h"

namespace testigo::store {

// The key of this database's pseudonyms, made with it from the system's random numbers.
[[nodiscard]] std::string author_key(Connection& connection);

// 16 hexadecimal digits: HMAC-SHA-256 under the key over source and folded author, cut to 64 bits.
[[nodiscard]] std::string pseudonym_under(std::string_view key, std::string_view source,
                                          std::string_view author);

}  // namespace testigo::store
