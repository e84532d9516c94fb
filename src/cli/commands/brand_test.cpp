#include <ostream>
#include <set>

#include "app/import_rows.h"
#include "cli/commands/commands.h"
#include "cli/commands/mention_filter.h"
#include "cli/context.h"
#include "query/match.h"
#include "query/parse.h"
#include "render/explain.h"
#include "store/read.h"

namespace testigo::cli {
namespace {

constexpr std::size_t shown = 10;

struct Caught {
  std::string where;
  std::string text;
  std::vector<TextSpan> hits;
};

struct TestResult {
  std::size_t looked_at = 0;
  std::size_t caught = 0;
  std::vector<Caught> examples;  // the first of the caught
  std::vector<Caught> near;      // not caught, though a word of the query stands in them
};

std::vector<TextSpan> text_hits(const std::vector<query::Hit>& hits) {
  std::vector<TextSpan> spans;
  for (const query::Hit& hit : hits)
    if (hit.field == Field::text) spans.push_back(hit.span);
  return spans;
}

// Every word of the query on its own: what it would catch if it were less strict.
void collect_words(const query::Node& node, std::set<std::string>& words) {
  for (const query::Word& word : node.words)
    if (word.folded.size() > 3) words.insert(word.folded);
  if (node.kind == query::Node::Kind::none_of) return;
  for (const query::Node& child : node.children) collect_words(child, words);
}

class Tester {
 public:
  explicit Tester(query::Query query) : matcher_(std::move(query)) {
    collect_words(matcher_.query().root, words_);
  }

  void look(std::string where, std::string_view title, std::string_view text,
            const query::Facts& facts) {
    ++result_.looked_at;
    const query::Document document(title, text);
    if (matcher_.matches(document, facts)) {
      ++result_.caught;
      if (result_.examples.size() < shown)
        result_.examples.push_back({std::move(where), std::string(text),
                                    text_hits(matcher_.hits(document, facts))});
      return;
    }
    if (result_.near.size() >= shown) return;
    std::vector<TextSpan> hits;
    for (const std::string& word : words_)
      for (const std::uint32_t place : document.find(word, false))
        if (document.places()[place].field == Field::text)
          hits.push_back(document.places()[place].span);
    if (!hits.empty()) result_.near.push_back({std::move(where), std::string(text), hits});
  }

  [[nodiscard]] const TestResult& result() const { return result_; }

 private:
  query::Matcher matcher_;
  std::set<std::string> words_;
  TestResult result_;
};

Result<void> look_at_file(const std::string& file, const app::ImportPresets& presets, UtcTime now,
                          Tester& tester) {
  app::ImportOptions options;
  options.file = file;
  auto rows = app::open_import(options, presets);
  if (!rows) return fail(std::move(rows.error()));
  while (true) {
    auto row = (*rows)->next();
    if (!row) return fail(std::move(row.error()));
    if (!*row) return {};
    auto post = app::post_of(**row, (*rows)->plan(), now);
    if (!post) continue;
    tester.look(file + ":" + std::to_string((*row)->line), post->title.value_or(""), post->text,
                query::facts_of(*post, BrandId(), std::nullopt));
  }
}

Result<void> look_at_store(Context& context, Tester& tester) {
  auto store = context.open_store();
  if (!store) return fail(std::move(store.error()));
  store::MentionFilter all;
  all.limit = 0;
  std::set<std::int64_t> seen;  // a post that two brands share is looked at once
  return store::for_each_mention(*store, all, [&](const store::MentionRow& row) {
    if (!seen.insert(row.post.value).second) return true;
    query::Facts facts;
    facts.source = row.source;
    facts.language = row.language;
    facts.url = row.url;
    tester.look(row.source.value, row.item.value_or("") + "\n" + row.title.value_or(""), row.text,
                facts);
    return true;
  });
}

void tell(const Context& context, std::string_view heading, const std::vector<Caught>& rows) {
  if (rows.empty()) return;
  context.out() << '\n' << heading << '\n';
  for (const Caught& one : rows)
    context.out() << "  "
                  << render::excerpt(one.text, one.hits, context.terminal().width - 4,
                                     context.terminal())
                  << '\n';
}

ExitCode run(Context& context, const Arguments& arguments) {
  auto configuration = context.configuration();
  if (!configuration) return context.bad_configuration(configuration.error());
  const auto id = known_brand(context, arguments.value_or("BRAND", ""), "BRAND");
  if (!id) return context.bad_usage(id.error());
  const app::BrandSettings* brand = (*configuration)->find_brand(*id);
  auto query = query::parse_query(arguments.value_or("--query", brand->query));
  if (!query) return context.bad_usage(query.error());
  context.out() << "read as  " << query::show(query->root) << '\n';
  auto book = context.rule_book();
  if (!book) return context.bad_configuration(book.error());
  Tester tester(std::move(*query));
  const auto files = arguments.values("FILE");
  for (const std::string& file : files)
    if (auto looked = look_at_file(file, (*book)->import_presets, context.now(), tester); !looked)
      return context.failed(looked.error());
  if (files.empty())
    if (auto looked = look_at_store(context, tester); !looked)
      return context.failed(looked.error());
  const TestResult& result = tester.result();
  context.out() << "catches  " << result.caught << " of " << result.looked_at << " posts\n";
  tell(context, "caught:", result.examples);
  tell(context, "not caught, though a word of the query stands in it:", result.near);
  return ExitCode::done;
}

}  // namespace

Command brand_test_command() {
  return {"brand test",
          "set up",
          "What a brand's query catches, and what it only just misses",
          {{"BRAND", Arity::positional, "", "its id in testigo.toml", true, ""},
           {"FILE", Arity::rest, "", "CSV or JSONL of sample posts; else the stored ones", false, ""},
           {"--query", Arity::value, "Q", "try this query in place of the configured one", false, ""}},
          {{"brand test acme", "on what is stored"},
           {"brand test acme sample.jsonl --query '\"acme cloud\" NOT corporation'",
            "another query on a file of posts, before it is saved"}},
          run};
}

}  // namespace testigo::cli
