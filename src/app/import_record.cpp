#include "app/import_record.h"

#include <string_view>

#include "text/normalize.h"

namespace testigo::app {

std::vector<ByteRange> import_rows(const archive::WarcRecord& record) {
  std::vector<ByteRange> rows;
  if (record.type() != "metadata" || record.field("Content-Type") != "application/x-ndjson")
    return rows;
  const std::string_view block = record.block;
  std::size_t begin = 0;
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < block.size(); ++i) {
    const char byte = block[i];
    if (quoted) {
      if (byte == '\\')
        ++i;
      else if (byte == '"')
        quoted = false;
    } else if (byte == '"') {
      quoted = true;
    } else if (byte == '{' || byte == '[') {
      ++depth;
    } else if (byte == '}' || byte == ']') {
      if (depth == 0) return {};
      --depth;
    } else if (byte == '\n' && depth == 0) {
      if (!text::trim(block.substr(begin, i - begin)).empty()) rows.push_back({begin, i - begin});
      begin = i + 1;
    }
  }
  return begin == block.size() ? rows : std::vector<ByteRange>();
}

}  // namespace testigo::app
