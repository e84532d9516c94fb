#pragma once

#include <vector>

#include "archive/warc_record.h"
#include "core/byte_range.h"

namespace testigo::app {

// The rows in a record that an import has made of many (import_sink.h): JSON values, a line feed
// behind each, which is not part of them. Nothing where it is another record, or cannot be parted.
[[nodiscard]] std::vector<ByteRange> import_rows(const archive::WarcRecord& record);

}  // namespace testigo::app
