#include "formats/byte_source.h"

#include <catch2/catch.hpp>

#include "formats/line_reader.h"
#include "formats/utf8_source.h"
#include "text/utf8.h"

using namespace testigo;
using namespace testigo::formats;

namespace {

// printf 'a,b\n1,2\n' | gzip -n
constexpr unsigned char packed_bytes[] = {
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x4b, 0xd4, 0x49, 0xe2,
    0x32, 0xd4, 0x31, 0xe2, 0x02, 0x00, 0x7b, 0x07, 0x97, 0x0a, 0x08, 0x00, 0x00, 0x00};
const std::string packed(reinterpret_cast<const char*>(packed_bytes), sizeof packed_bytes);

Result<std::string> unpacked(std::string_view bytes) {
  return read_up_to(gunzip_source(bytes_source(bytes)), 1000);
}

std::string in_utf8(std::string_view bytes) {
  return *read_up_to(utf8_source(bytes_source(bytes), sniff_text_encoding(bytes, true)), 1u << 20);
}

}  // namespace

TEST_CASE("gzip members are read one after the other, broken ones refused", "[formats]") {
  REQUIRE(is_gzip(packed));
  CHECK(unpacked(packed).value() == "a,b\n1,2\n");
  CHECK(unpacked(packed + packed).value() == "a,b\n1,2\na,b\n1,2\n");
  CHECK(unpacked(packed + std::string(100, '\0')).value() == "a,b\n1,2\n");
  CHECK(unpacked(packed.substr(0, 15)).error().what.find("cut short") != std::string::npos);
  CHECK(unpacked("\x1f\x8b nonsense").error().code == Errc::malformed);
  CHECK(unpacked("")->empty());
}

TEST_CASE("lines are kept to their bound and counted whole", "[formats]") {
  LineReader reader(bytes_source("one\r\ntoo long\n\nlast"), 4);
  auto line = *reader.next();
  CHECK((line->text == "one" && line->number == 1 && line->ended));
  line = *reader.next();
  CHECK((line->text == "too " && line->cut));
  line = *reader.next();
  CHECK((line->text.empty() && line->number == 3));
  line = *reader.next();
  CHECK((line->text == "last" && !line->ended));
  CHECK_FALSE((*reader.next()).has_value());
}

TEST_CASE("text files are read in the encoding that their bytes show", "[formats]") {
  using namespace std::string_literals;
  CHECK(in_utf8("\xEF\xBB\xBF"
                "caf\xC3\xA9") == "café");
  CHECK(in_utf8("\xFF\xFE\x61\x00\xE9\x00\x3D\xD8\x00\xDE"s) == "aé😀");
  CHECK(in_utf8("\xFE\xFF\x00\x61\x00\xE9"s) == "aé");
  CHECK(in_utf8("a\0b\0c\0d\0e\0f\0"s) == "abcdef");
  CHECK(in_utf8("\xA1Qu\xE9 ma\xF1"
                "ana!") == "¡Qué mañana!");
  CHECK(in_utf8("plain") == "plain");
  CHECK(sniff_text_encoding("caf\xC3", false).name == "UTF-8");
}

TEST_CASE("a few bytes of another encoding make a file none of that encoding", "[formats]") {
  std::string rows;
  for (int i = 0; i < 20; ++i) rows += "Señor, el cañón\n";
  CHECK(in_utf8(rows + "ni\xF1o\n") == rows + "niño\n");
  CHECK(in_utf8(rows + "ni\xC3") == rows + "ni\xEF\xBF\xBD");
}

TEST_CASE("English with the marks of windows-1252 is in no encoding with letters there",
          "[formats]") {
  std::string rows;
  std::string expected;
  for (int i = 0; i < 30; ++i) {
    rows += "I don\x92t like it and it isn\x92t good \x97 80 \x80 for \x93that\x94\n";
    expected += "I don’t like it and it isn’t good — 80 € for “that”\n";
  }
  CHECK(in_utf8(rows) == expected);
}

TEST_CASE("characters that chunks tear are whole again", "[formats]") {
  std::string wide = "\xFF\xFE";
  for (int i = 0; i < 70'000; ++i) wide.append("\x3D\xD8\x00\xDE", 4);
  wide.append("\x61\x00", 2);
  const std::string text =
      *read_up_to(utf8_source(bytes_source(wide), sniff_text_encoding(wide, true)), 1u << 20);
  CHECK(text::is_valid_utf8(text));
  CHECK(text.find("\xEF\xBF\xBD") == std::string::npos);
  CHECK(text.size() == 70'000 * 4 + 1);
}
