#include "store/check_mentions.h"

#include <optional>
#include <string>

#include "store/answer.h"
#include "store/connection.h"
#include "store/sides.h"

namespace testigo::store {

namespace {

constexpr std::int64_t no_rules = 0;  // ids count from 1

// A mention beside its verdict. A score that is missing is that of an unclassified text.
struct Pair {
  BrandMention mention;
  std::optional<Polarity> own_polarity;
  bool corrected = false;
  WholeText whole;
  bool alone = false;  // its post is about no other brand
};

bool agrees(const Pair& pair) {
  const auto& [mention, polarity, corrected, whole, alone] = pair;
  if (polarity != own_polarity(mention, corrected, whole)) return false;
  return !alone || (mention.score == whole.score && (corrected || mention.tag == whole.tag));
}

}  // namespace

Result<AstrayMentions> astray_mentions(Store& store, std::string_view rules) {
  Connection& c = store.connection();
  c.clear_error();
  const std::int64_t these =
      c.integer("SELECT id FROM rules WHERE hash = ?1", rules).value_or(no_rules);
  AstrayMentions astray;
  Rows rows = c.query(
      "SELECT m.post, m.rules, v.revision IS NULL, m.tag, m.score, m.polarity, m.corrected, v.tag, "
      "v.polarity, v.score, "
      "NOT EXISTS (SELECT 1 FROM mention o WHERE o.post = m.post AND o.doc <> m.doc) "
      "FROM mention m JOIN post p ON p.id = m.post "
      "LEFT JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules ORDER BY m.post");
  for (; rows.step(); ++astray.all) {
    const bool is_missing = rows.integer(2) != 0;
    if (!is_missing && agrees({{BrandId(), rows.maybe<Tag>(3), rows.real(4)},
                               rows.maybe<Polarity>(5),
                               rows.integer(6) != 0,
                               {rows.maybe<Tag>(7), rows.maybe<Polarity>(8), rows.real(9)},
                               rows.integer(10) != 0}))
      continue;
    ++(is_missing ? astray.without_verdict : astray.otherwise);
    const std::int64_t post = rows.integer(0);
    std::vector<std::int64_t>& posts = astray.judged_by_these;
    if (rows.integer(1) != these)
      astray.judged_by_others = true;
    else if (posts.empty() || posts.back() != post)
      posts.push_back(post);
  }
  return answer(c, std::move(astray));
}

CheckResult check_mentions(const AstrayMentions& astray) {
  const std::string name = "verdicts of mentions";
  if (astray.without_verdict + astray.otherwise == 0)
    return {name, true, std::to_string(astray.all) + " mentions stand as the verdicts they name"};
  std::string what;
  if (astray.without_verdict > 0)
    what = std::to_string(astray.without_verdict) + " mentions lack the verdict that they name";
  if (astray.otherwise > 0)
    what += (what.empty() ? "" : ", ") + std::to_string(astray.otherwise) +
            " mentions have another tag, score or side than their verdict";
  return {name, false,
          what + (astray.judged_by_others
                      ? "; their rules are not those of today: restore a backup, or testigo "
                        "reclassify and then testigo doctor --rebuild judge them by today's"
                      : "; testigo doctor --rebuild judges them again")};
}

}  // namespace testigo::store
