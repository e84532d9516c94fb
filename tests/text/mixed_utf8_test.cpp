#include "text/mixed_utf8.h"

#include <catch2/catch.hpp>

#include "text/utf8.h"

using namespace testigo::text;

TEST_CASE("letters and marks of an older encoding among UTF-8 are kept", "[text]") {
  CHECK(mend_mixed_utf8("niño y opini\xf3n m\xe1s") == "niño y opinión más");
  CHECK(mend_mixed_utf8("\xc1ngel, a\xf1o \x93uno\x94 \x96 3\x80 ñ") == "Ángel, año “uno” – 3€ ñ");
  CHECK(mend_mixed_utf8("ăâ: ma\xbaina \xbatie, a\xbatept de s\xe3pt\xe3m\xe2ni \xfe") ==
        "ăâ: maşina \uFFFDtie, aştept de săptămâni \uFFFD");
}

TEST_CASE("what is cut off, or of many bytes, is no letter", "[text]") {
  CHECK(mend_mixed_utf8("caf\xc3 …") == "caf\uFFFD …");
  CHECK(mend_mixed_utf8("caf\xc3") == "caf\uFFFD");
  CHECK(mend_mixed_utf8("ñ\xe9") == "ñ\uFFFD");
  CHECK(mend_mixed_utf8("a\xe9\xe8\xeaz") == "a\uFFFD\uFFFD\uFFFDz");
  CHECK(mend_mixed_utf8("dry \xff") == "dry \uFFFD");
}

TEST_CASE("a pair of surrogates is its character, a lone one is none", "[text]") {
  CHECK(mend_mixed_utf8("ok \xed\xa0\xbd\xed\xb8\x80!") == "ok \U0001F600!");
  CHECK(mend_mixed_utf8("ok \xed\xa0\xbd!") == "ok \uFFFD!");
  CHECK(surrogate_bytes("\xed\xa0\xbd", 0) == 3);
  CHECK(surrogate_bytes("\xed\x9f\xbd", 0) == 0);
  CHECK(surrogate_bytes("\xed\xa0", 0) == 0);
}

TEST_CASE("valid text is left as it is, and what is mended is valid", "[text]") {
  CHECK(mend_mixed_utf8("señor") == "señor");
  CHECK(mend_mixed_utf8("").empty());
  for (unsigned byte = 0x80; byte < 0x100; ++byte)
    for (const std::string around : {"a", " ", "ñ"})
      CHECK(is_valid_utf8(
          mend_mixed_utf8(around + std::string(1, static_cast<char>(byte)) + around)));
}

TEST_CASE("characters beyond ASCII are counted wherever they stand", "[text]") {
  for (std::size_t before = 0; before < 20; ++before) {
    const std::string text =
        std::string(before, 'x') + "\u00F1 \u21B9\U0001F600" + std::string(9, 'y');
    const Utf8Look look = look_for_utf8(text);
    CHECK(look.sequences == 3);
    CHECK(look.faults == 0);
    CHECK(look_for_utf8(text + "\xFF and more").sequences == 3);
  }
  CHECK(look_for_utf8("").sequences == 0);
  CHECK(look_for_utf8("plain words").sequences == 0);
}
