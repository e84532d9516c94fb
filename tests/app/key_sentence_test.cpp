#include "app/key_sentence.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace testigo;
using app::key_sentence;

namespace {

Reason reason(std::size_t begin, double contribution, std::string_view value = "negative") {
  Reason made;
  made.axis = Axis::polarity;
  made.value = value;
  made.span = TextSpan{begin, begin + 1};
  made.contribution = contribution;
  return made;
}

}  // namespace

TEST_CASE("the sentence that weighs most is the one quoted", "[app]") {
  const std::string_view text = "Bought it in May.  It broke twice! Then they sent another one.";
  const std::vector<Reason> why = {reason(22, 1.5), reason(28, 1.0), reason(50, 2.0),
                                   reason(0, 9.0, "positive")};
  CHECK(key_sentence(text, why, Polarity::negative) == "It broke twice!");
  CHECK(key_sentence(text, why, Polarity::positive) == "Bought it in May.");
}

TEST_CASE("a text without reasons is quoted whole, without the blanks around it", "[app]") {
  CHECK(key_sentence(" So so. \n", {}, Polarity::negative) == "So so.");
  CHECK(key_sentence("", {}, Polarity::negative).empty());
  // Reasons that lie beyond the text, as of another revision, are of its last sentence.
  CHECK(key_sentence("One. Two.", std::vector{reason(500, 1.0)}, Polarity::negative) == "Two.");
}
