#include "formats/encoding_sniff.h"

#include <catch2/catch.hpp>

using namespace testigo::formats;

namespace {

std::string_view name(std::string_view bytes, std::string_view content_type = "text/html") {
  return sniff_encoding(bytes, content_type).name;
}

}  // namespace

TEST_CASE("an encoding is believed from mark, header, meta and XML declaration", "[formats]") {
  CHECK(name("\xEF\xBB\xBF"
             "a",
             "text/html; charset=latin1") == "UTF-8");
  CHECK(name("\xFF\xFE"
             "a") == "UTF-16LE");
  CHECK(name("a\xe9", "text/html;charset='ISO-8859-2'") == "ISO-8859-2");
  CHECK(name("<meta charset=koi8-r>\xe9") == "KOI8-R");
  CHECK(name("<META http-equiv=Content-Type content='text/html; charset=big5'>\xe9\xe9") == "Big5");
  CHECK(name("<?xml version='1.0' encoding=\"iso-8859-15\"?><r>\xe9</r>") == "ISO-8859-15");
  CHECK(name("<meta charset=utf-16><p>a") == "UTF-8");
  CHECK(name("<!-- <meta charset=koi8-r> --><meta charset=gbk>\xc4\xe3") == "GBK");
  CHECK(name(std::string_view("<\0p\0>\0a\0", 8)) == "UTF-16LE");
}

TEST_CASE("bytes that contradict a declaration win", "[formats]") {
  CHECK(name("<p>caf\xe9 se\xf1or", "text/html; charset=utf-8") == "windows-1252");
  CHECK(name("<p>café señor", "text/html; charset=iso-8859-1") == "UTF-8");
  CHECK(name("<p>café \xff señor ñandú", "text/html; charset=utf-8") == "UTF-8");
  CHECK(name("<p>a\xf1"
             "ejo y café, \x93"
             "five\x94 \x80 and ñandú",
             "text/html; charset=utf-8") == "UTF-8");
  CHECK(name("plain") == "windows-1252");
  CHECK(name("ñ") == "UTF-8");
  CHECK(sniff_encoding("", "").evidence == EncodingEvidence::fallback);
}

TEST_CASE("a surrogate by itself is a fault of UTF-8, and no other encoding", "[formats]") {
  CHECK(name("<p>Fi\xed\xa0\xbdne") == "UTF-8");
  CHECK(decode_page("<p>Fi\xed\xa0\xbdne and dry", "text/html").text == "<p>Fi\uFFFDne and dry");
}

TEST_CASE("words of another encoding within UTF-8 keep their letters", "[formats]") {
  CHECK(decode_page("<i>señor café niño</i><i>otra opini\xf3n m\xe1s</i>", "text/xml;charset=utf-8")
            .text == "<i>señor café niño</i><i>otra opinión más</i>");
}

TEST_CASE("a page is decoded by what it says of itself", "[formats]") {
  const DecodedPage page = decode_page("<meta charset=windows-1250>\xba\xfe", "text/html");
  CHECK(page.text == "<meta charset=windows-1250>şţ");
  CHECK(page.encoding.evidence == EncodingEvidence::declaration);
  CHECK(decode_page("a\xff", "text/html; charset=no-such").text.substr(0, 1) == "a");
  CHECK(media_type(" Text/HTML ; charset=x") == "text/html");
}
