#include <filesystem>
#include <ostream>
#include <set>
#include <utility>

#include "app/brand_trial.h"
#include "app/import_rows.h"
#include "app/judge.h"
#include "cli/commands/commands.h"
#include "cli/commands/mention_filter.h"
#include "cli/commands/rule_texts.h"
#include "cli/commands/window.h"
#include "cli/context.h"
#include "query/match.h"
#include "query/parse.h"
#include "query/verdict_fields.h"
#include "render/brand_trial_table.h"
#include "store/read.h"
#include "text/time_zone.h"

namespace testigo::cli {
namespace {

// Looks at posts in their authors' own words and the configured time zone, as collecting them
// would. Keeps references: all must outlive it.
class Trier {
 public:
  Trier(Context& context, const app::RuleBook& book, app::BrandTrial& trial,
        const app::BrandSettings* brand, bool asks_verdict)
      : context_(context),
        book_(book),
        classifier_(book.rules),
        trial_(trial),
        zone_(zone_of(context)),
        asks_verdict_(asks_verdict) {
    if (brand != nullptr) names_.push_back(brand->name);
  }

  Result<void> look_at_file(const std::string& file) {
    app::ImportOptions options;
    options.file = file;
    options.configured_zone = zone_.name;
    auto rows = app::open_import(options, book_.import_presets);
    if (!rows) return fail(std::move(rows.error()));
    while (true) {
      auto row = (*rows)->next();
      if (!row) return fail(std::move(row.error()));
      if (!*row) return {};
      if ((*row)->skipped) continue;
      const std::string where = file + ":" + std::to_string((*row)->line);
      auto post = app::post_of(**row, (*rows)->plan(), context_.now());
      if (post) {
        post->text = book_.own_words.of(std::move(post->text), post->title.value_or(""));
        look(*post, where);
      } else if (++unread_; !first_unread_) {
        first_unread_ = Error{post.error().code, post.error().what, where};
      }
    }
  }

  Result<void> look_at_store() {
    auto store = context_.open_store();
    if (!store) return fail(std::move(store.error()));
    store::MentionFilter all;
    all.limit = 0;
    std::set<std::int64_t> seen;  // a post that two brands share is looked at once
    return store::for_each_mention(*store, all, [&](const store::MentionRow& row) {
      if (seen.insert(row.post.value).second) look(post_of(row), row.source.value);
      return true;
    });
  }

  [[nodiscard]] std::size_t unread() const { return unread_; }
  [[nodiscard]] const std::optional<Error>& first_unread() const { return first_unread_; }

 private:
  static Post post_of(const store::MentionRow& row) {
    Post post;
    post.source = row.source;
    post.item = row.item;
    post.title = row.title;
    post.text = row.text;
    post.url = row.url;
    post.author = row.author;
    post.language = row.language;
    post.posted_at = row.posted_at.value_or(row.collected_at);
    if (row.rating) post.rating = Rating{*row.rating, row.rating_best.value_or(5.0)};
    return post;
  }

  void look(const Post& post, const std::string& where) {
    std::optional<Day> day;
    if (post.posted_at) day = text::day_of(*post.posted_at, zone_);
    query::Facts facts = query::facts_of(post, BrandId(), day);
    if (asks_verdict_)
      facts = query::with_verdict(std::move(facts), app::verdict_of(classifier_, post, names_));
    trial_.look(
        {where, post.item.value_or(""), post.title.value_or(""), post.text, std::move(facts)});
  }

  Context& context_;
  const app::RuleBook& book_;
  classify::Classifier classifier_;
  app::BrandTrial& trial_;
  text::TimeZone zone_;
  std::vector<std::string> names_;  // the brand's, if it has one
  bool asks_verdict_;
  std::size_t unread_ = 0;
  std::optional<Error> first_unread_;
};

// Whether a query is tried without a brand: with --query and none named. What stands in the
// brand's place is then a file of posts, unless there is a brand of that name.
bool is_nameless(Context& context, const Arguments& arguments) {
  if (!arguments.has("--query")) return false;
  const auto id = arguments.value("BRAND");
  if (!id) return true;
  const auto configuration = context.configuration();
  const bool is_brand = configuration && (*configuration)->find_brand(BrandId(*id)) != nullptr;
  std::error_code error;  // what cannot be looked at is no file
  return !is_brand && std::filesystem::exists(*id, error);
}

// The brand of the configuration whose query is tried.
Result<const app::BrandSettings*> brand_of(Context& context, const Arguments& arguments) {
  const auto id = arguments.value("BRAND");
  auto configuration = context.configuration();
  if (!configuration) return fail(std::move(configuration.error()));
  if (!id)
    return fail(Errc::not_found, "name a brand of the configuration, or give a query with --query",
                "BRAND");
  auto known = known_brand(context, *id, "BRAND");
  if (!known) return fail(std::move(known.error()));
  return (*configuration)->find_brand(*known);
}

Result<void> look_at_all(const Arguments& arguments, bool nameless, Trier& trier) {
  auto files = arguments.values("FILE");
  if (const auto first = arguments.value("BRAND"); nameless && first)
    files.insert(files.begin(), *first);
  if (files.empty()) return trier.look_at_store();
  for (const std::string& file : files)
    if (auto looked = trier.look_at_file(file); !looked) return looked;
  return {};
}

ExitCode run(Context& context, const Arguments& arguments) {
  const bool nameless = is_nameless(context, arguments);
  if (auto configuration = context.configuration(); !nameless && !configuration)
    return context.bad_configuration(configuration.error());
  auto brand = nameless ? nullptr : brand_of(context, arguments);
  if (!brand) return context.bad_usage(brand.error());
  auto query = query::parse_query(arguments.value_or("--query", *brand ? (*brand)->query : ""));
  if (!query) return context.bad_usage(query.error());
  auto files = rule_texts(context);
  if (!files) return context.bad_configuration(files.error());
  auto words = app::AskingWords::load(*files);
  if (!words) return context.bad_configuration(words.error());
  auto book = context.rule_book();
  if (!book) return context.failed(book.error());
  const std::string shown = query::show(query->root);
  const bool asks_verdict = query::asks_verdict(query->root);
  app::BrandTrial::Brand about;
  if (*brand) about = {(*brand)->name, (*brand)->own_domains};
  app::BrandTrial trial(std::move(*query), std::move(about), *words);
  Trier trier(context, **book, trial, *brand, asks_verdict);
  if (auto looked = look_at_all(arguments, nameless, trier); !looked)
    return context.failed(looked.error());
  const insight::TrialResult result = trial.result();
  if (context.format() == render::Format::table) {
    context.out() << render::render_brand_trial(shown, result, context.terminal());
  } else {
    context.out() << render::render_rows(render::brand_trial_rows(shown, result), context.format(),
                                         context.terminal());
  }
  if (!trier.first_unread()) return ExitCode::done;
  context.err() << "testigo: " << trier.unread() << (trier.unread() == 1 ? " row" : " rows")
                << " could not be read; the first is " << trier.first_unread()->where << ": "
                << trier.first_unread()->what << "\n";
  return ExitCode::partial;
}

}  // namespace

Command brand_test_command() {
  return {
      "brand test",
      "set up",
      "What a brand's query catches, its noise, and what it only just misses",
      {{"BRAND", Arity::positional, "", "its id in testigo.toml; none is needed with --query",
        false, ""},
       {"FILE", Arity::rest, "", "CSV or JSONL of sample posts; else the stored ones", false, ""},
       {"--query", Arity::value, "Q", "try this query in place of the configured one", false, ""}},
      {{"brand test acme", "on what is stored"},
       {"brand test acme sample.jsonl --query '\"acme cloud\" NOT corporation'",
        "another query on a file of posts, before it is saved"},
       {"brand test sample.jsonl --query 'acme NEAR/3 cloud'", "a query of no brand yet"}},
      run};
}

}  // namespace testigo::cli
