#pragma once

#include <string>
#include <string_view>

#include "formats/byte_source.h"

namespace testigo::formats {

// How the bytes of a text file are read. Files carry no headers: a byte order mark is believed,
// then zero bytes in every second place (UTF-16 without one), then UTF-8, whole or in the main,
// then statistics.
struct TextEncoding {
  std::string name = "UTF-8";  // canonical, as text/charset.h has them
  bool marked = false;         // by a byte order mark
  bool plain = false;          // nothing but ASCII was seen: the rest may yet tell
};

// From a file's first bytes. `whole`: there are no more of them.
[[nodiscard]] TextEncoding sniff_text_encoding(std::string_view head, bool whole);

// The same text in UTF-8 without a byte order mark, in bounded memory; a letter of an older
// encoding in the midst of UTF-8 is mended (text/mixed_utf8.h), what cannot be decoded becomes
// U+FFFD. In a file that began as plain ASCII, lines that are not UTF-8 are windows-1252, which is
// what spreadsheets write.
[[nodiscard]] ByteSource utf8_source(ByteSource source, const TextEncoding& encoding);

}  // namespace testigo::formats
