#include "store/mention_query.h"

#include <algorithm>
#include <array>

#include "query/parse.h"
#include "store/authors.h"
#include "store/mention_docs.h"

namespace testigo::store {

namespace {

// Gathers conditions and the values they bind, in step.
class Builder {
 public:
  explicit Builder(MentionQuery& made) : made_(made) {}

  // The placeholder that a value is bound to.
  std::string bind(MentionQuery::Value value) {
    made_.values.push_back(std::move(value));
    return "?" + std::to_string(made_.values.size());
  }
  void require(const std::string& condition) {
    made_.where += (made_.where.empty() ? " WHERE " : " AND ") + condition;
  }
  // One that looks at the post, its revision or its verdict.
  void require_joined(const std::string& condition) {
    require(condition);
    made_.where_needs_joins = true;
  }
  // The days that a comparison with a day leaves.
  void bound_days(query::Comparison comparison, std::int64_t day) {
    const bool below = comparison == query::Comparison::less ||
                       comparison == query::Comparison::at_most ||
                       comparison == query::Comparison::equal;
    const bool above = comparison == query::Comparison::greater ||
                       comparison == query::Comparison::at_least ||
                       comparison == query::Comparison::equal;
    if (below) made_.until = std::min(day, made_.until.value_or(day));
    if (above) made_.since = std::max(day, made_.since.value_or(day));
  }

 private:
  MentionQuery& made_;
};

constexpr const char* mention_joins =
    " FROM mention m JOIN post p ON p.id = m.post JOIN revision r ON r.id = p.revision "
    "JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules";
constexpr const char* name_joins =
    " JOIN brand b ON b.id = m.brand JOIN source s ON s.id = p.source "
    "JOIN post_page g ON g.id = p.page "
    "LEFT JOIN evidence e ON e.id = r.evidence";

std::int64_t number(Day day) { return day.days.time_since_epoch().count(); }

std::string_view sign(query::Comparison comparison) {
  switch (comparison) {
    case query::Comparison::equal:
      return "=";
    case query::Comparison::less:
      return "<";
    case query::Comparison::at_most:
      return "<=";
    case query::Comparison::greater:
      return ">";
    case query::Comparison::at_least:
      return ">=";
  }
  return "=";
}

// A name is a different pseudonym in each source; what was typed may be a pseudonym itself.
std::set<std::string> pseudonyms_of(Connection& c, const std::string& author) {
  std::set<std::string> names{author};
  const std::string key = author_key(c);
  Rows rows = c.query("SELECT name FROM source");
  while (rows.step()) names.insert(pseudonym_under(key, rows.text(0), author));
  return names;
}

std::string one_of(Builder& builder, const std::set<std::string>& values) {
  std::string list;
  for (const std::string& value : values) {
    list += (list.empty() ? "" : ", ") + builder.bind(value);
  }
  return "(" + list + ")";
}

void add_condition(Connection& c, Builder& builder, const query::Condition& condition) {
  const std::string compared(sign(condition.comparison));
  switch (condition.field) {
    case query::FilterField::author:
      builder.require_joined("p.author IN " + one_of(builder, pseudonyms_of(c, condition.value)));
      break;
    case query::FilterField::rating:
      builder.require_joined("r.stars / 10000.0 " + compared + " " + builder.bind(condition.stars));
      break;
    case query::FilterField::since:
    case query::FilterField::until:
      builder.require("m.day " + compared + " " + builder.bind(number(condition.day)));
      builder.bound_days(condition.comparison, number(condition.day));
      break;
    default:
      break;  // the others are tokens of the index
  }
}

void collect_authors(Connection& c, const query::Node& node, MentionQuery& made) {
  if (node.kind == query::Node::Kind::filter && node.filter.field == query::FilterField::author) {
    made.authors.emplace_back(node.filter.value, pseudonyms_of(c, node.filter.value));
  }
  for (const query::Node& child : node.children) collect_authors(c, child, made);
}

// What else the index knows of the mentions wanted.
std::string narrowed(std::string match, const MentionFilter& filter) {
  if (filter.brand) {
    const std::array brand = {std::string_view(filter.brand->value)};
    match = query::match_with(match, query::FilterField::brand, brand);
  }
  std::vector<std::string_view> tags;
  for (const Tag tag : filter.tags) tags.push_back(to_string(tag));
  return tags.empty() ? match : query::match_with(match, query::FilterField::tag, tags);
}

Result<void> add_query(Connection& c, Builder& builder, MentionQuery& made,
                       const MentionFilter& filter, const std::string& text) {
  Result<query::Query> parsed = query::parse_query(text);
  if (!parsed) return fail(std::move(parsed).error());
  const query::FtsPlan plan = query::compile_fts(*parsed);
  if (!plan.match.empty()) made.match = builder.bind(narrowed(plan.match, filter));
  for (const query::Condition& condition : plan.conditions) add_condition(c, builder, condition);
  if (plan.recheck) {
    collect_authors(c, parsed->root, made);
    made.recheck.emplace(std::move(*parsed));
  }
  return {};
}

void add_fields(Connection& c, Builder& builder, const MentionFilter& filter) {
  if (filter.brand) {
    const auto brand = c.integer("SELECT id FROM brand WHERE name = ?1", filter.brand->value);
    builder.require("m.brand = " + builder.bind(brand.value_or(-1)));
  }
  if (filter.since) {
    builder.require("m.day >= " + builder.bind(number(*filter.since)));
    builder.bound_days(query::Comparison::at_least, number(*filter.since));
  }
  if (filter.until) {
    builder.require("m.day < " + builder.bind(number(*filter.until)));
    builder.bound_days(query::Comparison::less, number(*filter.until));
  }
  if (!filter.ids.empty()) {
    std::string list;
    for (const MentionId id : filter.ids) {
      list += (list.empty() ? "(" : ", (") + std::to_string(id.value) + ")";
    }
    builder.require("m.doc IN (WITH ids AS (VALUES " + list +
                    ") SELECT doc FROM " TESTIGO_DOC_WITH_ID("IN ids") ")");
  }
  if (!filter.tags.empty()) {
    std::string list;
    for (const Tag tag : filter.tags) {
      list += (list.empty() ? "" : ", ") + std::to_string(static_cast<int>(tag));
    }
    builder.require("m.tag IN (" + list + ")");
  }
  if (filter.shares_only) builder.require_joined("p.copy_of IS NULL");
  if (filter.shares_only || filter.voices_only)
    builder.require_joined("p.by_brand = 0 AND (v.act IS NULL OR v.act NOT IN (8, 9))");
}

std::string order(MentionOrder order) {
  switch (order) {
    case MentionOrder::newest:
      return " ORDER BY m.day DESC, m.said_at DESC, m.doc DESC";
    case MentionOrder::oldest:
      return " ORDER BY m.day, m.said_at, m.doc";
    case MentionOrder::worst:
      return " ORDER BY m.score IS NULL, m.score, m.said_at DESC, m.doc";
    case MentionOrder::best:
      return " ORDER BY m.score DESC, m.said_at DESC, m.doc";
  }
  return {};
}

// Rows to read: all where the matcher picks among them.
std::string window_of(const MentionQuery& made, const MentionFilter& filter) {
  if (made.recheck || (filter.limit == 0 && filter.offset == 0)) return {};
  const std::string limit = filter.limit == 0 ? "-1" : std::to_string(filter.limit);
  return " LIMIT " + limit + " OFFSET " + std::to_string(filter.offset);
}

std::string with_match(const MentionQuery& made, const std::string& more) {
  if (made.match.empty()) return made.where;
  return made.where + (made.where.empty() ? " WHERE " : " AND ") +
         "m.doc IN (SELECT rowid FROM mention_fts WHERE mention_fts MATCH " + made.match + more +
         ")";
}

std::string select_where(const MentionQuery& made, const std::string& columns,
                         const std::string& conditions, const std::string& window) {
  const std::string whole = columns + mention_joins + name_joins;
  if (window.empty()) return whole + conditions + made.order_by;
  return whole + " WHERE m.doc IN (SELECT m.doc" +
         (made.where_needs_joins ? mention_joins : " FROM mention m") + conditions + made.order_by +
         window + ")" + made.order_by;
}

}  // namespace

std::string MentionQuery::select(const std::string& columns) const {
  return select_where(*this, columns, with_match(*this, ""), window);
}

std::string MentionQuery::select(const std::string& columns, const DocWindow& within,
                                 std::size_t limit) const {
  const auto between = [](std::int64_t first, std::int64_t last) {
    return " BETWEEN " + std::to_string(first) + " AND " + std::to_string(last);
  };
  const std::string conditions =
      with_match(*this, " AND rowid" + between(within.first_doc, within.last_doc)) + " AND m.day" +
      between(within.first_day, within.last_day);
  return select_where(*this, columns, conditions,
                      limit == 0 ? "" : " LIMIT " + std::to_string(limit));
}

Result<MentionQuery> plan_mentions(Connection& c, const MentionFilter& filter) {
  MentionQuery made;
  Builder builder(made);
  add_fields(c, builder, filter);
  if (filter.query) {
    if (Result<void> added = add_query(c, builder, made, filter, *filter.query); !added) {
      return fail(std::move(added).error());
    }
  }
  made.order_by = order(filter.order);
  made.window = window_of(made, filter);
  return made;
}

}  // namespace testigo::store
