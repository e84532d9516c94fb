#pragma once

#include <string>
#include <string_view>

namespace testigo::archive {

// The Sort-friendly URI Reordering Transform by which captures are found in an index:
// "com,example)/path?a=1". As the Internet Archive's canonicalizer: host reversed and without
// "www.", no scheme, default port, user or fragment, lower case, escapes undone and minimal, no
// empty path segments, parameters sorted. Beyond it: session ids stay. A URL without a host is its
// own key.
[[nodiscard]] std::string surt_of(std::string_view url);

}  // namespace testigo::archive
