#include "extract/condition.h"

#include <catch2/catch.hpp>
#include <string>

namespace testigo::extract {

TEST_CASE("a condition is a place and a word", "[extract]") {
  struct Row {
    std::string text, place, word;
    bool within;
  };
  for (const Row& row : std::initializer_list<Row>{
           {"/type=pingback", "/type", "pingback", false},
           {"/note*=#bot", "/note", "#bot", true},
           {"/text=[deleted]", "/text", "[deleted]", false},
           {"/a=b=c", "/a", "b=c", false},
           {"/quoted=", "/quoted", "", false},
           {"/a[b=c", "/a[b", "c", false},
           {"/a]b=c", "/a]b", "c", false},
           {"piece:-2:/path=0", "piece:-2:/path", "0", false},
           {"//div[@class='x']=Ad", "//div[@class='x']", "Ad", false},
           {"//div[a[@b=']=']]*=Ad", "//div[a[@b=']=']]", "Ad", true},
       }) {
    INFO(row.text);
    const Condition condition = parse_condition(row.text);
    CHECK(condition.place == row.place);
    CHECK(condition.word == std::optional<std::string_view>(row.word));
    CHECK(condition.within == row.within);
  }
  for (const std::string text : {"/deleted", "//div[@class='x']", ".//a[@b='c']", "=x", ""}) {
    const Condition condition = parse_condition(text);
    CHECK(condition.place == text);
    CHECK_FALSE(condition.word);
  }
}

}  // namespace testigo::extract
