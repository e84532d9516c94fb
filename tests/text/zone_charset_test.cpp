#include <catch2/catch.hpp>

#include "text/charset.h"
#include "text/idna.h"
#include "text/normalize.h"
#include "text/time_zone.h"

using namespace testigo;
using namespace testigo::text;

namespace {

UtcTime at(std::string_view iso) { return parse_iso8601(iso).value(); }
TimeZone zone(std::string_view name) { return find_time_zone(name).value(); }

}  // namespace

TEST_CASE("days are cut in the zone, through summer time", "[text]") {
  const TimeZone madrid = zone("Europe/Madrid");
  CHECK(to_string(day_of(at("2026-01-01T22:59:59Z"), madrid)) == "2026-01-01");
  CHECK(to_string(day_of(at("2026-01-01T23:00:00Z"), madrid)) == "2026-01-02");
  CHECK(to_string(day_of(at("2026-07-01T22:00:00Z"), madrid)) == "2026-07-02");
  CHECK(to_iso8601(start_of(*parse_day("2026-03-29"), madrid)) == "2026-03-28T23:00:00Z");
  CHECK(to_iso8601(start_of(*parse_day("2026-03-30"), madrid)) == "2026-03-29T22:00:00Z");
  CHECK(to_iso8601(start_of(*parse_day("2026-10-26"), madrid)) == "2026-10-25T23:00:00Z");
  CHECK(to_string(day_of(at("2099-12-31T23:30:00Z"), madrid)) == "2100-01-01");
  CHECK(to_string(day_of(at("1960-06-01T23:30:00Z"), madrid)) == "1960-06-02");
}

TEST_CASE("a day whose midnight is skipped begins after it", "[text]") {
  const TimeZone santiago = zone("America/Santiago");  // 2025-09-07: from 00:00 to 01:00
  const UtcTime start = start_of(*parse_day("2025-09-07"), santiago);
  CHECK(to_iso8601(start) == "2025-09-07T04:00:00Z");
  CHECK(to_string(day_of(start - Millis(1), santiago)) == "2025-09-06");
}

TEST_CASE("zones are found by their names only", "[text]") {
  CHECK(zone("UTC").shifts.empty());
  CHECK(offset_at(at("2026-01-01"), zone("Asia/Kolkata")) == std::chrono::minutes(330));
  for (const char* name : {"", "Europe/Atlantis", "madrid", "\xff"}) {
    CHECK(find_time_zone(name).error().code == Errc::not_found);
  }
  CHECK(day_of(at("2026-01-01T12:00:00Z"), TimeZone()) == *parse_day("2026-01-01"));
}

TEST_CASE("labels of encodings have the Encoding standard's names", "[text]") {
  CHECK(encoding_for_label(" LATIN1\n") == "windows-1252");
  CHECK(encoding_for_label("iso-8859-9") == "windows-1254");
  CHECK(encoding_for_label("gb2312") == "GBK");
  CHECK(encoding_for_label("Shift_JIS") == "Shift_JIS");
  CHECK_FALSE(encoding_for_label("utf-7"));
  CHECK_FALSE(encoding_for_label(""));
  CHECK_FALSE(encoding_for_label("utf-8 utf8"));
}

TEST_CASE("legacy bytes become UTF-8", "[text]") {
  CHECK(decode_to_utf8("caf\xe9 \x80", "iso-8859-1") == "café €");
  CHECK(decode_to_utf8("\xfe\xee", "iso-8859-2") == "ţî");
  CHECK(decode_to_utf8("\xfe\xba\xe3\xa4", "iso-8859-16") == "țșă€");
  CHECK(decode_to_utf8("\x93\xfa\x96\x7b", "sjis") == "日本");
  CHECK(decode_to_utf8("\xc4\xe3", "gbk") == "你");
  CHECK(decode_to_utf8(std::string_view("h\0i\0", 4), "utf-16") == "hi");
  CHECK(decode_to_utf8("\xEF\xBB\xBF"
                       "a\xff",
                       "utf-8") == "a\uFFFD");
  CHECK(decode_to_utf8("x", "no-such").error().code == Errc::unsupported);
  CHECK(decode_to_utf8("", "gbk") == "");
}

TEST_CASE("text that is surely NFC comes back, what composes or is broken does not", "[text]") {
  for (const std::string plain : {"", "plain words", "caf\u00E9 \u2014 \u201Eb\u0103tr\u00E2n\u201D \u2026",
                                  "eight by \u00FC eight", "\U0001F600\U0001F1EA\U0001F1F8"}) {
    CHECK(to_nfc(plain) == plain);
  }
  CHECK(to_nfc("e\u0301") == "\u00E9");
  CHECK(to_nfc("\u00EA\u0323") == "\u1EC7");
  CHECK(to_nfc("a\u2001b") == "a\u2003b");
  CHECK(to_nfc("12345678\xC3") == "12345678\uFFFD");
  CHECK(to_nfc("\xC1\x81 \xF0\x9F\x98") == "\uFFFD\uFFFD \uFFFD");
  CHECK(to_nfc("\xE2\x80") == "\uFFFD");
}

TEST_CASE("text is put into NFC and its spaces are made one", "[text]") {
  CHECK(to_nfc("e\u0301n\u0303") == "éñ");
  CHECK(to_nfc("plain") == "plain");
  CHECK(to_nfc("s\u0326") == "ș");
  CHECK(to_nfc("a\xff") == "a\uFFFD");
  CHECK(collapse_space("\u00a0 a \t\n\u200b b\u3000") == "a b");
  CHECK(collapse_space(" ") == "");
  CHECK(collapse_space("a  b c ") == "a b c");
  CHECK(collapse_space("é\xC3 \xC2\u3000\xF0\x9F\u2009x\xA0") == "é\xC3 \xC2 \xF0\x9F x\xA0");
  // Long enough for whole chunks, with something odd at each place of them.
  const std::string plain = "one two three four five six seven eight nine ten eleven twelve thirteen";
  CHECK(collapse_space(plain) == plain);
  CHECK(is_collapsed(plain));
  for (std::size_t at = 1; at < plain.size(); ++at) {
    if (plain[at] == ' ' || plain[at - 1] == ' ') continue;
    for (const std::string odd : {"  ", "\t", " \n ", "\u00a0", "\u2003", " \u3000", "\ufeff "}) {
      const std::string text = plain.substr(0, at) + odd + plain.substr(at);
      CHECK(collapse_space(text) == plain.substr(0, at) + " " + plain.substr(at));
      CHECK_FALSE(is_collapsed(text));
    }
    const std::string words = plain.substr(0, at) + "\u00e1\u2014\u00bf\x01" + plain.substr(at);
    CHECK(collapse_space(words) == words);
    CHECK(is_collapsed(words));
  }
  CHECK_FALSE(is_collapsed(" x"));
  CHECK_FALSE(is_collapsed("x "));
  CHECK(is_collapsed(""));
  CHECK(trim(" \t x y\n") == "x y");
  CHECK(ascii_lower("ÁBC") == "Ábc");
  CHECK(equal_ignoring_case("GZip", "gzip"));
  CHECK_FALSE(equal_ignoring_case("gzip", "gzi"));
}

TEST_CASE("domains are put into ASCII and back", "[text]") {
  CHECK(domain_to_ascii("Bücher.Example") == "xn--bcher-kva.example");
  CHECK(domain_to_ascii("faß.de") == "xn--fa-hia.de");
  CHECK(domain_to_ascii("EXAMPLE.com") == "example.com");
  CHECK(domain_to_unicode("xn--bcher-kva.example") == "bücher.example");
  CHECK(domain_to_ascii("a\u0378.example").error().code == Errc::malformed);
  CHECK(domain_to_ascii(std::string(5'000, 'x') + "é").error().code == Errc::malformed);
}

TEST_CASE("undeclared bytes are read by the alphabet they fit", "[text]") {
  CHECK(detect_encoding("\xbfQu\xe9 tal? Muy bueno, se\xf1or.") == "windows-1252");
  CHECK(detect_encoding("It\x92s \xa3"
                        "25 \x96 not bad") == "windows-1252");
  const auto romanian = detect_encoding(
      "\xcel folosesc \xbai merge, ap\xe3"
      "ruse \xfe"
      "eapa");
  CHECK(decode_to_utf8("\xce\xe3", romanian.value()) == "Îă");
  CHECK(detect_encoding("\xcf\xf0\xe8\xe2\xe5\xf2, \xea\xe0\xea \xe4\xe5\xeb\xe0") ==
        "windows-1251");
  CHECK(detect_encoding("\xf0\xd2\xc9\xd7\xc5\xd4, \xcb\xc1\xcb \xc4\xc5\xcc\xc1") == "KOI8-R");
  CHECK(detect_encoding("\x82\xb1\x82\xf1\x82\xc9\x82\xbf\x82\xcd\x81\x41\x90\xa2\x8a\x45\x82\xcc"
                        "\x8a"
                        "F\x82\xb3\x82\xf1") == "Shift_JIS");
  CHECK(detect_encoding("\x81\x8d\x8f\x90\x9d") != "UTF-16BE");
}
