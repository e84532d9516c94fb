#include <ostream>

#include "app/files.h"
#include "app/live_answer.h"
#include "app/original_page.h"
#include "archive/redact.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "extract/extract.h"
#include "formats/canonical_url.h"
#include "formats/json_writer.h"
#include "render/rows.h"
#include "render/table.h"
#include "sources/plan.h"
#include "text/suggest.h"

namespace testigo::cli {
namespace {

Result<const sources::Source*> find_source(const app::RuleBook& book, const std::string& name) {
  const auto found = book.sources.find(SourceId(name));
  if (found != book.sources.end()) return &found->second;
  std::vector<std::string_view> known;
  for (const auto& [id, source] : book.sources) known.push_back(id.value);
  const auto meant = text::did_you_mean(name, known);
  return fail(Errc::not_found,
              "there is no source \"" + name + "\"" +
                  (meant ? "; did you mean \"" + std::string(*meant) + "\"?" : ""),
              "NAME");
}

// Whether the source has the step that --step names, and what it has.
Result<void> check_step(const sources::Source& source, const Arguments& arguments) {
  const std::string wanted = arguments.value_or("--step", "");
  std::string known;
  for (const sources::Step& step : source.steps) {
    if (step.name == wanted) return {};
    if (!step.name.empty()) known += (known.empty() ? "" : ", ") + step.name;
  }
  return fail(Errc::not_found,
              "the source \"" + source.id.value + "\" has no step \"" + wanted + "\"; " +
                  (known.empty() ? "it has none but its first request" : "it has " + known),
              "--step");
}

// The watch that --with describes.
Result<sources::Watch> watch_of(const sources::Source& source, const Arguments& arguments) {
  sources::Watch watch;
  watch.key = "test/" + source.id.value;
  watch.brand_name = "test";
  for (const std::string& pair : arguments.values("--with")) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0)
      return fail(Errc::malformed, "must be NAME=VALUE, such as app_id=620", "--with");
    watch.parameters[pair.substr(0, equals)].push_back(pair.substr(equals + 1));
  }
  return watch;
}

// A saved answer, as if it had come in now.
Result<Page> saved_page(Context& context, const Arguments& arguments) {
  auto bytes = app::read_file(arguments.value_or("FILE", ""));
  if (!bytes) return fail(std::move(bytes.error()));
  Page page;
  page.url = arguments.value_or("--url", "https://source.example/");
  page.status = 200;
  page.body = std::move(*bytes);
  page.fetched_at = context.now();
  if (const auto type = arguments.value("--content-type"))
    page.headers.push_back({"Content-Type", *type});
  return page;
}

// The answer to the watch's first request, asked now.
Result<Page> live_page(Context& context, const sources::Source& source, const PageRequest& request,
                       const sources::Secrets& secrets) {
  app::Configuration configuration;
  if (auto found = context.configuration())
    configuration = **found;
  else if (found.error().code != Errc::not_found)
    return fail(std::move(found.error()));
  auto transfers = fetch::make_curl_transfers(app::transfer_limits(configuration.fetch),
                                              fetch::AddressGuard(configuration.fetch.allow_hosts),
                                              app::user_agent(configuration));
  if (!transfers) return fail(std::move(transfers.error()));
  context.err() << request.method << ' ' << request.archive_url << '\n';
  return app::ask_live({**transfers, source, secrets, context.now()}, request);
}

struct Reading {
  extract::Extraction extraction;
  sources::Following following;
};

Result<Reading> read_answer(Context& context, const sources::Source& source,
                            const sources::Watch& watch, const Arguments& arguments,
                            const sources::Secrets& secrets) {
  constexpr std::size_t most_bytes = 256 * 1024 * 1024;  // of a page in a record, inflated
  PageRequest request;
  request.source = source.id;
  request.step = arguments.value_or("--step", "");
  request.url = request.archive_url = arguments.value_or("--url", "https://source.example/");
  const bool live = arguments.has("--live");
  if (live || !watch.parameters.empty()) {
    const auto planned = sources::plan(source, watch, context.now());
    if (!planned) return fail(planned.error().code, planned.error().what, "--with");
    if (live || request.step.empty()) request = planned->back();
  }
  auto page = live ? live_page(context, source, request, secrets) : saved_page(context, arguments);
  if (!page) return fail(std::move(page.error()));
  const auto spec = sources::extractor_for(source, watch, request);
  if (!spec) return fail(spec.error());
  auto original = app::original_page(std::move(*page), *spec, most_bytes);
  if (!original) return fail(std::move(original.error()));
  auto extraction = extract::extract_page(original->page, *spec, original->taken_at);
  if (!extraction) return fail(std::move(extraction.error()));
  auto following = sources::follow(source, watch, request, *extraction);
  return Reading{std::move(*extraction), std::move(following)};
}

render::Value time_of(const std::optional<UtcTime>& at) {
  return at ? render::Value(to_iso8601(*at)) : render::Value();
}

// All that a post can have, under the names of [items.fields].
std::vector<render::Value> values_of(const Post& post) {
  using render::value_of;
  const auto of_rating = [&](double Rating::*number) {
    return post.rating ? render::Value((*post.rating).*number) : render::Value();
  };
  return {value_of(post.external_id),
          value_of(post.url),
          value_of(post.parent),
          value_of(post.author),
          value_of(post.item),
          value_of(post.location),
          value_of(post.app_version),
          time_of(post.posted_at),
          time_of(post.edited_at),
          value_of(post.language),
          of_rating(&Rating::value),
          of_rating(&Rating::best),
          of_rating(&Rating::worst),
          value_of(post.title),
          post.text,
          value_of(post.reach),
          value_of(post.owner_reply),
          time_of(post.owner_reply_at),
          post.by_brand};
}

void show_posts(Context& context, const std::vector<Post>& posts) {
  if (context.format() != render::Format::table) {
    render::Rows rows{{"id", "url", "parent", "author", "item", "location", "app_version",
                       "posted_at", "edited_at", "language", "rating", "rating_best",
                       "rating_worst", "title", "text", "reach", "reply", "replied_at", "by_brand"},
                      {}};
    for (const Post& post : posts) rows.rows.push_back(values_of(post));
    // An object a line in either JSON format: a page's posts are looked at one by one.
    const bool json = context.format() == render::Format::json;
    context.out() << render::render_rows(std::move(rows),
                                         json ? render::Format::jsonl : context.format());
    return;
  }
  render::Table table;
  table.columns = {{"id"},
                   {"posted"},
                   {"rating", render::Align::right},
                   {"author"},
                   {"text", render::Align::left, true}};
  for (const Post& post : posts)
    table.rows.push_back({{post.external_id.value_or("")},
                          {post.posted_at ? to_iso8601(*post.posted_at) : ""},
                          {post.rating ? formats::shortest(post.rating->value) : ""},
                          {post.author.value_or("")},
                          {post.title ? *post.title + " · " + post.text : post.text}});
  context.out() << render::render_table(table, context.terminal());
}

ExitCode test(Context& context, const Arguments& arguments) {
  auto book = context.rule_book_with_faults();
  if (!book) return context.bad_configuration(book.error());
  const auto broken = (*book)->broken_sources.find(SourceId(arguments.value_or("NAME", "")));
  if (broken != (*book)->broken_sources.end()) return context.bad_configuration(broken->second);
  auto source = find_source(**book, arguments.value_or("NAME", ""));
  if (!source) return context.bad_usage(source.error());
  if (arguments.has("--live") == arguments.has("FILE"))
    return context.bad_usage(
        {Errc::malformed, "give a saved answer's FILE, or --live to ask now", "FILE"});
  if (auto step = check_step(**source, arguments); !step) return context.bad_usage(step.error());
  const sources::Secrets secrets = Context::secrets(**book);
  const auto watch = watch_of(**source, arguments);
  if (!watch) return context.bad_usage(watch.error());
  auto reading = read_answer(context, **source, *watch, arguments, secrets);
  if (!reading) {
    std::vector<std::string> hidden;
    for (const auto& [name, value] : secrets) hidden.push_back(value);
    Error error = std::move(reading.error());
    error.what = archive::redact(error.what, hidden);
    // What is wrong with a saved answer is wrong with its file.
    if (arguments.has("FILE") && error.where.starts_with("https://source.example/"))
      error.where = arguments.value_or("FILE", "");
    return context.failed(error);
  }
  extract::Extraction& extraction = reading->extraction;
  for (Post& post : extraction.posts) {  // as a crawl keeps them
    post.text = (*book)->own_words.of(std::move(post.text), post.title.value_or(""));
    if (!post.url) continue;
    if (auto clean = formats::strip_tracking(*post.url, (*book)->tracking)) post.url = *clean;
  }
  show_posts(context, extraction.posts);
  for (const std::string& drift : extraction.drift) context.err() << drift << '\n';
  for (const std::string& note : extraction.notes) context.err() << note << '\n';
  context.err() << extraction.posts.size() << " posts of " << extraction.items << " items, "
                << reading->following.requests.size() << " requests would follow\n";
  return extraction.drift.empty() ? ExitCode::done : ExitCode::partial;
}

}  // namespace

Command source_test_command() {
  return {"source test",
          "set up",
          "What a source reads out of a saved answer, or of one asked now",
          {{"NAME", Arity::positional, "", "the source", true, ""},
           {"FILE", Arity::positional, "", "the answer's body, decoded", false, ""},
           {"--live", Arity::flag, "", "ask the service now, once; nothing is stored", false, ""},
           {"--with", Arity::values, "NAME=VALUE",
            "a parameter, as a watch would give it; may be repeated", false, ""},
           {"--step", Arity::value, "NAME", "which step of the source reads it", false, ""},
           {"--url", Arity::value, "URL", "where the answer came from", false, ""},
           {"--content-type", Arity::value, "CT", "the answer's Content-Type", false, ""}},
          {{"source test hackernews search.json",
            "a table of the posts; exit 5 when the source drifted"},
           {"source test appstore page.json --format jsonl", "the posts whole, a line each"},
           {"source test steam --live --with app_id=620", "what Steam answers today"}},
          test};
}

}  // namespace testigo::cli
