#include <ostream>

#include "app/files.h"
#include "app/judge.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "extract/extract.h"
#include "formats/json_writer.h"
#include "render/table.h"
#include "sources/plan.h"
#include "text/suggest.h"

namespace testigo::cli {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string needs_of(const sources::Source& source) {
  std::vector<std::string> needs;
  for (const auto& [name, parameter] : source.parameters)
    if (parameter.required) needs.push_back(name);
  if (!source.auth.env.empty())
    needs.push_back("$" + source.auth.env + (source.auth.optional ? " (optional)" : ""));
  return joined(needs);
}

ExitCode list(Context& context, const Arguments&) {
  auto book = context.rule_book();
  if (!book) return context.bad_configuration(book.error());
  render::Rows rows{{"source", "tier", "gives", "needs", "terms"}, {}};
  for (const auto& [id, source] : (*book)->sources)
    rows.rows.push_back({id.value, static_cast<std::int64_t>(source.tier), joined(source.gives),
                         needs_of(source), source.terms.note});
  context.out() << render::render_rows(std::move(rows), context.format(), context.terminal());
  return ExitCode::done;
}

Result<const sources::Source*> find_source(const app::RuleBook& book, const std::string& name) {
  const auto found = book.sources.find(SourceId(name));
  if (found != book.sources.end()) return &found->second;
  std::vector<std::string_view> known;
  for (const auto& [id, source] : book.sources) known.push_back(id.value);
  const auto meant = text::did_you_mean(name, known);
  return fail(Errc::not_found,
              "there is no source \"" + name + "\"" +
                  (meant ? "; did you mean \"" + std::string(*meant) + "\"?" : ""), "NAME");
}

// A request as the source would make it, for the step that reads the file.
PageRequest request_for(const sources::Source& source, const std::string& step,
                        const std::string& url) {
  PageRequest request;
  request.source = source.id;
  request.step = step;
  request.url = request.archive_url = url;
  return request;
}

Result<extract::Extraction> read_answer(Context& context, const sources::Source& source,
                                        const Arguments& arguments) {
  auto bytes = app::read_file(arguments.value_or("FILE", ""));
  if (!bytes) return fail(std::move(bytes.error()));
  Page page;
  page.url = arguments.value_or("--url", "https://source.example/");
  page.status = 200;
  page.body = std::move(*bytes);
  page.fetched_at = context.now();
  if (const auto type = arguments.value("--content-type"))
    page.headers.push_back({"Content-Type", *type});
  sources::Watch watch;
  watch.key = "test/" + source.id.value;
  watch.brand_name = "test";
  auto spec = sources::extractor_for(
      source, watch, request_for(source, arguments.value_or("--step", ""), page.url));
  if (!spec) return fail(std::move(spec.error()));
  return extract::extract_page(page, *spec, page.fetched_at);
}

std::string post_json(const Post& post) {
  formats::JsonWriter json;
  const auto time = [](const std::optional<UtcTime>& at) {
    return at ? std::optional(to_iso8601(*at)) : std::nullopt;
  };
  json.begin_object()
      .field("id", post.external_id)
      .field("url", post.url)
      .field("parent", post.parent)
      .field("author", post.author)
      .field("item", post.item)
      .field("posted_at", time(post.posted_at))
      .field("edited_at", time(post.edited_at))
      .field("language", post.language)
      .field("rating", post.rating ? std::optional(post.rating->value) : std::nullopt)
      .field("rating_best", post.rating ? std::optional(post.rating->best) : std::nullopt)
      .field("title", post.title)
      .field("text", post.text)
      .field("reach", post.reach)
      .field("owner_reply_at", time(post.owner_reply_at))
      .end_object();
  return json.take();
}

ExitCode test(Context& context, const Arguments& arguments) {
  auto book = context.rule_book();
  if (!book) return context.bad_configuration(book.error());
  auto source = find_source(**book, arguments.value_or("NAME", ""));
  if (!source) return context.bad_usage(source.error());
  auto extraction = read_answer(context, **source, arguments);
  if (!extraction) return context.failed(extraction.error());
  if (context.format() == render::Format::table) {
    render::Table table;
    table.columns = {{"id"}, {"posted"}, {"rating", render::Align::right}, {"author"},
                     {"text", render::Align::left, true}};
    for (const Post& post : extraction->posts)
      table.rows.push_back({{post.external_id.value_or("")},
                            {post.posted_at ? to_iso8601(*post.posted_at) : ""},
                            {post.rating ? formats::shortest(post.rating->value) : ""},
                            {post.author.value_or("")},
                            {post.title ? *post.title + " · " + post.text : post.text}});
    context.out() << render::render_table(table, context.terminal());
  } else {
    for (const Post& post : extraction->posts) context.out() << post_json(post) << '\n';
  }
  for (const std::string& drift : extraction->drift) context.err() << drift << '\n';
  context.err() << extraction->posts.size() << " posts of " << extraction->items << " items, "
                << extraction->next.size() + (extraction->cursor ? 1 : 0) << " next pages\n";
  return extraction->drift.empty() ? ExitCode::done : ExitCode::partial;
}

}  // namespace

Command source_list_command() {
  return {"source list", "set up", "Every place that can be watched, and what it needs", {},
          {{"source list", "tier 1 needs no key, tier 2 a free one, tier 3 is paid or closed"}},
          list};
}

Command source_test_command() {
  return {"source test",
          "set up",
          "What a source reads out of a saved answer",
          {{"NAME", Arity::positional, "", "the source", true, ""},
           {"FILE", Arity::positional, "", "the answer's body, decoded", true, ""},
           {"--step", Arity::value, "NAME", "which step of the source reads it", false, ""},
           {"--url", Arity::value, "URL", "where the answer came from", false, ""},
           {"--content-type", Arity::value, "CT", "the answer's Content-Type", false, ""}},
          {{"source test hackernews search.json", "a table of the posts; exit 5 when the source drifted"},
           {"source test appstore page.json --format jsonl", "the posts whole, a line each"}},
          test};
}

}  // namespace testigo::cli
