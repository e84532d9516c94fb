#pragma once

#include <cstddef>
#include <string>

namespace testigo::bench {

// The parsers that the readers stand on, as bare as they come: each parses and looks at every node
// once, and gives how many it saw.
[[nodiscard]] std::size_t walk_gumbo(const std::string& html);
[[nodiscard]] std::size_t walk_libxml(const std::string& xml);
// On demand; the text is padded as simdjson asks for.
[[nodiscard]] std::size_t walk_simdjson(const std::string& json);

}  // namespace testigo::bench
