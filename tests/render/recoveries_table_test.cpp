#include "render/recoveries_table.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::insight;
using namespace testigo::render;

namespace {

RecoveryPost post(std::int64_t id, int day, Tag tag, std::string text) {
  RecoveryPost made;
  made.quote.mention = MentionId(id);
  made.quote.source = SourceId("forum");
  made.quote.text = std::move(text);
  made.author = "ana";
  made.said_at = from_unix_ms(86'400'000LL * day);
  made.tag = tag;
  return made;
}

Recoveries made() {
  return make_recoveries(std::vector{post(1, 1, Tag::complaint, "Never \x1b[2Jworked"),
                                     post(2, 6, Tag::advocacy, "Works now")},
                         Day(), from_unix_ms(0));
}

}  // namespace

TEST_CASE("recoveries say how many, how fast and in whose words", "[render]") {
  const std::string text = render_recoveries(made(), {});
  CHECK(text.find("1 pain of 1 ended: 100% [21%, 100%] ~; 0 inside the text, 0 by edit, 1 in a "
                  "later post") == 0);
  CHECK(text.find("1.0 day          0%  [0%, 79%]") != std::string::npos);
  CHECK(text.find("7.0 days       100%") != std::string::npos);
  CHECK(text.find("later after 5.0 days") != std::string::npos);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(render_recoveries({}, {}).find("0 pains of 0 ended: –") == 0);
}

TEST_CASE("recoveries as JSON and as rows have the curve", "[render]") {
  const std::string json = recoveries_json(made());
  CHECK(json.find("{\"pains\":1,\"inside\":0,\"edited\":0,\"later\":1,\"share\":1,") == 0);
  CHECK(
      json.find("\"median_days\":5,\"curve\":[{\"days\":5,\"at_risk\":1,\"ended\":1,\"open\":0,") !=
      std::string::npos);
  CHECK(json.find("\"reply_days\":null") != std::string::npos);
  CHECK(json.find("\"recovered\":[{\"way\":\"later\",\"days\":5,\"before\":{\"id\":") !=
        std::string::npos);
  CHECK(survival_rows(made()).rows.size() == 1);
  CHECK(recoveries_json({}).find("\"share\":null") != std::string::npos);
}
