#include <array>
#include <cstdio>
#include <ostream>

#include "app/mention_rows.h"
#include "cli/commands/commands.h"
#include "cli/commands/mention_filter.h"
#include "cli/context.h"
#include "core/digest.h"
#include "query/match.h"
#include "query/spot.h"
#include "render/table.h"

namespace testigo::cli {
namespace {

render::Style style_of(const std::optional<Tag>& tag) {
  if (!tag) return render::Style::dim;
  switch (*tag) {
    case Tag::advocacy:
      return render::Style::good;
    case Tag::complaint:
      return render::Style::bad;
    case Tag::mixed:
      return render::Style::mixed;
    case Tag::question:
      return render::Style::asking;
    case Tag::other:
      break;
  }
  return render::Style::plain;
}

constexpr std::size_t read_first = 24;  // bytes of a text that are in sight in any terminal
constexpr std::size_t lead = 12;        // that are shown before what was asked for

// What a query asks of the words: any of it, since the rows that are shown match the whole.
void add_words(const query::Node& node, std::vector<query::Node>& words) {
  using Kind = query::Node::Kind;
  if (node.kind == Kind::phrase || node.kind == Kind::near) words.push_back(node);
  if (node.kind == Kind::all_of || node.kind == Kind::any_of)
    for (const query::Node& child : node.children) add_words(child, words);
}

// Of the words of a query, if it has any.
std::optional<query::Matcher> words_of(const std::optional<std::string>& asked) {
  if (!asked) return std::nullopt;
  auto query = query::parse_query(*asked);
  if (!query) return std::nullopt;
  std::vector<query::Node> words;
  add_words(query->root, words);
  if (words.empty()) return std::nullopt;
  query::Node any = words.front();
  if (words.size() > 1) {
    any = query::Node();
    any.kind = query::Node::Kind::any_of;
    any.children = std::move(words);
  }
  query->root = std::move(any);
  return query::Matcher(std::move(*query));
}

// Where to begin so that what was asked for is in sight; 0 where the beginning has it.
std::size_t excerpt_begin(const store::MentionRow& row, const query::Matcher& words) {
  const query::Document document(row.title ? *row.title : std::string_view(), row.text);
  const auto hits = words.hits(document, {});
  if (hits.empty() || hits.front().field != Field::text) return 0;
  const std::size_t hit = hits.front().span.begin;
  if (hit < read_first) return 0;
  const std::size_t blank = row.text.find(' ', hit - lead);
  return blank < hit ? blank + 1 : hit;
}

std::string heading_and_text(const store::MentionRow& row,
                             const std::optional<query::Matcher>& words) {
  const std::string copy = row.copy_of ? "copy of " + show_key(row.copy_of->value) + " · " : "";
  const std::size_t begin = words ? excerpt_begin(row, *words) : 0;
  if (begin > 0) return copy + "…" + row.text.substr(begin);
  return copy + (row.title ? *row.title + " · " : "") + row.text;
}

std::string table_of(const std::vector<store::MentionRow>& rows,
                     const std::optional<query::Matcher>& words, const text::TimeZone& zone,
                     const render::Terminal& terminal) {
  render::Table table;
  table.columns = {{"id", render::Align::left, false},     {"day", render::Align::left, false},
                   {"brand", render::Align::left, false},  {"source", render::Align::left, false},
                   {"lang", render::Align::left, false},   {"tag", render::Align::left, false},
                   {"score", render::Align::right, false}, {"text", render::Align::left, true}};
  for (const store::MentionRow& row : rows) {
    std::array<char, 16> score{};
    std::snprintf(score.data(), score.size(), "%+.2f", row.score.value_or(0.0));
    const render::Style style = style_of(row.tag);
    table.rows.push_back({{show_key(row.id.value)},
                          {to_string(text::day_of(row.posted_at.value_or(row.collected_at), zone))},
                          {row.brand.value},
                          {row.source.value},
                          {row.language},
                          {row.tag ? std::string(to_string(*row.tag)) : "unclassified", style},
                          {row.score ? std::string(score.data()) : "", style},
                          {heading_and_text(row, words)}});
  }
  return render::render_table(table, terminal);
}

ExitCode run(Context& context, const Arguments& arguments) {
  auto filter = mention_filter(context, arguments);
  if (!filter) return context.bad_usage(filter.error());
  auto limit = arguments.number("--limit", 50, 0, 100'000'000);
  if (!limit) return context.bad_usage(limit.error());
  filter->limit = static_cast<std::size_t>(*limit);
  auto store = context.open_store();
  if (!store) return context.failed(store.error());
  auto rows = store::mentions(*store, *filter);
  if (!rows) return context.failed(rows.error());
  if (context.format() == render::Format::table) {
    context.out() << table_of(*rows, words_of(filter->query), configured_zone(context),
                              context.terminal());
    context.err() << rows->size() << (rows->size() == 1 ? " mention" : " mentions")
                  << (*limit > 0 && rows->size() == filter->limit ? ", more with --limit" : "")
                  << '\n';
  } else {
    render::Rows out{app::mention_columns(), {}};
    for (const store::MentionRow& row : *rows) out.rows.push_back(app::mention_values(row));
    context.out() << render::render_rows(std::move(out), context.format(), context.terminal());
  }
  if (rows->empty() && filter->query)
    for (const std::string& slip : query::likely_slips(*filter->query))
      context.err() << "testigo: " << render::neutralise(slip) << '\n';
  return rows->empty() && arguments.has("--fail-empty") ? ExitCode::nothing_matched
                                                        : ExitCode::done;
}

}  // namespace

Command mentions_command() {
  std::vector<Option> options = mention_filter_options();
  options.push_back({"--limit", Arity::value, "N", "rows, 50 unless said; 0 for all", false, "-n"});
  options.push_back({"--fail-empty", Arity::flag, "", "exit 3 when nothing matches", false, ""});
  return {
      "mentions",
      "ask",
      "What was said, newest first",
      std::move(options),
      {{"mentions 'tag:complaint theme:delivery since:2026-01-01'", "complaints about delivery"},
       {"mentions '\"never arrived\" OR refund' --order worst --json", "by words, worst first"}},
      run};
}

}  // namespace testigo::cli
