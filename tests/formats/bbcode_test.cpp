#include "formats/bbcode.h"

#include <catch2/catch.hpp>

namespace testigo::formats {

TEST_CASE("brackets that are no tags stay", "[formats]") {
  CHECK(text_of_bbcode("[EDIT] see [1], [s so], a[0] [/x] [b") ==
        "[EDIT] see [1], [s so], a[0] [/x] [b");
}

TEST_CASE("items, headings and rows stand on lines of their own", "[formats]") {
  CHECK(text_of_bbcode("[h1]Great[/h1]Pros:[list][*]quiet[*]cheap [b]too[/b][/list]Cons: none") ==
        "Great\nPros:\n\nquiet\ncheap too\n\nCons: none");
  CHECK(text_of_bbcode("[list]\n[*]one\n[*] two\n[/list]\nend") == "\none\ntwo\n\nend");
  CHECK(
      text_of_bbcode("[table][tr][th]A[/th][th]B[/th][/tr][tr][td]1[/td][td]2[/td][/tr][/table]") ==
      "A B\n1 2");
}

TEST_CASE("of links the words stay, of pictures nothing, of the unparsed all", "[formats]") {
  CHECK(text_of_bbcode("[url=https://a.example]here[/url] [URL]https://b.example[/URL]") ==
        "here https://b.example");
  CHECK(text_of_bbcode("a[img]https://i.example/x.png[/img] [img]never closed") ==
        "a never closed");
  CHECK(text_of_bbcode("[noparse][b]bold[/b][/noparse] [spoiler]end[/spoiler]") ==
        "[b]bold[/b] end");
}

}  // namespace testigo::formats
