#include "render/verdict_json.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::render;

namespace {

Verdict complaint() {
  Verdict verdict;
  verdict.language = "es";
  verdict.tag = Tag::complaint;
  verdict.polarity = Polarity::negative;
  verdict.score = -0.81;
  verdict.confidence = 0.93;
  verdict.act = Act::warn;
  verdict.stage = Stage::umot;
  verdict.degree = Degree::very_pain;
  verdict.themes = {{"delivery", Polarity::negative}};
  verdict.service = {{"response_time", Polarity::negative}};
  verdict.targets = {{"Acme", Tag::complaint, -0.8}};
  verdict.durations = {{1'209'600, "waiting", {30, 41}}};
  verdict.why = {{Axis::act, "warn", "es.act.no-recomendar", Field::text, TextSpan{6, 22}, 2.4},
                 {Axis::tag, "complaint", "es.bias.complaint", Field::text, std::nullopt, -0.5},
                 {Axis::polarity, "negative", "es.lex.mal", Field::title, TextSpan{0, 3}, 1.5}};
  return verdict;
}

}  // namespace

TEST_CASE("a verdict's line has the contract's keys in their order", "[render]") {
  CHECK(verdict_json(complaint(),
                     {.id_json = "\"7\"", .text = "", .title = "", .rules = "sha256:ab"}) ==
        R"({"id":"7","language":"es","tag":"complaint","polarity":"negative","score":-0.81,)"
        R"("confidence":0.93,"act":"warn","stage":"umot","intent":null,"degree":"very_pain",)"
        R"("themes":[{"name":"delivery","polarity":"negative"}],)"
        R"("service":[{"name":"response_time","polarity":"negative"}],"cycle":[],)"
        R"("targets":[{"brand":"Acme","tag":"complaint","score":-0.8}],"recovery":"none",)"
        R"("durations":[{"seconds":1209600,"of":"waiting","span":[30,41]}],"rules":"sha256:ab"})");
}

TEST_CASE("why quotes the field it looked at, axis by axis", "[render]") {
  const std::string line = verdict_json(complaint(), {.id_json = "",
                                                      .text = "Malo, no lo recomiendo",
                                                      .title = "Mal \"todo\"",
                                                      .rules = "r",
                                                      .explain = true});
  CHECK(line.find(R"({"id":null,)") == 0);
  CHECK(line.substr(line.find("\"why\"")) ==
        R"("why":[{"axis":"tag","value":"complaint","rule":"es.bias.complaint","field":"text",)"
        R"("span":null,"text":null,"contribution":-0.5},)"
        R"({"axis":"polarity","value":"negative","rule":"es.lex.mal","field":"title",)"
        R"("span":[0,3],"text":"Mal","contribution":1.5},)"
        R"({"axis":"act","value":"warn","rule":"es.act.no-recomendar","field":"text",)"
        R"("span":[6,22],"text":"no lo recomiendo","contribution":2.4}]})");
}

TEST_CASE("an unclassified text has null on every axis", "[render]") {
  Verdict verdict;
  CHECK(verdict_json(verdict, {.id_json = "3", .text = "", .title = "", .rules = "r"}) ==
        R"({"id":3,"language":"und","tag":null,"polarity":null,"score":null,"confidence":null,)"
        R"("act":null,"stage":null,"intent":null,"degree":null,"themes":null,"service":null,)"
        R"("cycle":null,"targets":null,"recovery":null,"durations":null,"rules":"r"})");
}

TEST_CASE("a span past the end of the text quotes what there is", "[render]") {
  Verdict verdict = complaint();
  verdict.why = {{Axis::act, "warn", "r", Field::text, TextSpan{2, 99}, 1.0},
                 {Axis::act, "warn", "r", Field::text, TextSpan{50, 99}, 1.0}};
  const std::string line = verdict_json(
      verdict, {.id_json = "", .text = "abcd", .title = "", .rules = "", .explain = true});
  CHECK(line.find(R"("text":"cd")") != std::string::npos);
  CHECK(line.find(R"("text":"")") != std::string::npos);
}

TEST_CASE("a line that could not be read is answered in its place", "[render]") {
  CHECK(error_json(12, "", "not JSON: \"\x01\"") ==
        R"({"line":12,"id":null,"error":"not JSON: \"\u0001\""})");
  CHECK(error_json(1, "\"x\"", "e") == R"({"line":1,"id":"x","error":"e"})");
}
