#include <ostream>

#include "app/crawl_lock.h"
#include "cli/commands/commands.h"
#include "cli/commands/erase_words.h"
#include "cli/commands/turn.h"
#include "core/digest.h"
#include "formats/canonical_url.h"
#include "formats/json_writer.h"

namespace testigo::cli {
namespace {

// Whose posts, or which one.
Result<store::AuthorPosts> find_posts(Context& context, store::Store& store,
                                      const Arguments& arguments) {
  if (const auto author = arguments.value("--author"))
    return store::posts_of_author(store, *author);
  const std::string which = arguments.value_or("--post", "");
  store::AuthorPosts found;
  if (const auto key = parse_key(which)) {
    auto post = store::post_of_id(store, *key);
    if (!post) return fail(std::move(post.error()));
    if (*post) found.posts.push_back(**post);
    return found;
  }
  auto book = context.rule_book();
  if (!book) return fail(std::move(book.error()));
  const auto url = formats::canonical_permalink(which, (*book)->tracking);
  if (!url) return fail(Errc::malformed, "is no post's id, mention's id or address", which);
  auto posts = store::posts_at(store, *url);
  if (!posts) return fail(std::move(posts.error()));
  found.posts = std::move(*posts);
  return found;
}

void write_texts(formats::JsonWriter& json, const char* name,
                 const std::vector<std::string>& texts) {
  json.key(name).begin_array();
  for (const std::string& text : texts) json.string(text);
  json.end_array();
}

std::vector<std::string> shown(const auto& ids) {
  std::vector<std::string> texts;
  for (const auto& id : ids) texts.push_back(show_key(id.value));
  return texts;
}

void print_json(Context& context, const app::EraseOutcome& outcome, bool dry_run) {
  const store::ErasureReceipt& receipt = outcome.receipt;
  formats::JsonWriter json;
  json.begin_object().field("dry_run", dry_run);
  json.field("erasure", receipt.id == 0 ? std::nullopt : std::optional(receipt.id))
      .field("at", to_iso8601(receipt.at))
      .field("reason", receipt.reason)
      .field("posts", receipt.rows.posts)
      .field("revisions", receipt.rows.revisions)
      .field("mentions", receipt.rows.mentions)
      .field("verdicts", receipt.rows.verdicts)
      .field("corrections", receipt.rows.corrections)
      .field("requests", receipt.requests)
      .field("records", static_cast<std::int64_t>(receipt.records.size()))
      .field("digest_only", receipt.digest_only)
      .field("digest", receipt.digest);
  write_texts(json, "evidence", evidence_ids(receipt.records));
  write_texts(json, "copies_left", shown(outcome.copies));
  write_texts(json, "named_in", shown(outcome.named_in));
  json.field("name_searched_everywhere", outcome.name_was_searched)
      .field("records_naming", outcome.records_naming)
      .field("complete", outcome.left.empty() && !outcome.unwritten)
      .end_object();
  context.out() << json.text() << '\n';
}

void print_lines(Context& context, const app::EraseOutcome& outcome, bool dry_run) {
  const store::ErasureReceipt& receipt = outcome.receipt;
  std::ostream& out = context.out();
  out << (dry_run ? "dry run: would erase " : "erased ") << receipt.rows.posts << " posts, "
      << receipt.rows.revisions << " revisions, " << receipt.rows.mentions << " mentions, "
      << receipt.rows.verdicts << " verdicts, " << receipt.rows.corrections << " corrections, "
      << receipt.requests << " requests, " << receipt.records.size() << " records of the archive\n";
  if (receipt.id != 0) out << "receipt " << receipt.id << " of " << to_iso8601(receipt.at) << '\n';
  out << "digest of the texts " << receipt.digest << '\n';
  for (const std::string& id : evidence_ids(receipt.records)) out << "record " << id << '\n';
  if (receipt.digest_only > 0)
    out << receipt.digest_only << " other posts keep only the digest of their record\n";
  for (const PostId copy : outcome.copies)
    out << "left: " << show_key(copy.value) << " repeats it elsewhere (--copies erases it, too)\n";
  if (outcome.records_naming > 0)
    out << "left: " << outcome.records_naming
        << " records of the archive hold the name in what others wrote (--name-in-sentences "
           "overwrites them, and what was read from them keeps its digest only)\n";
  for (const MentionId mention : outcome.named_in)
    out << "left: " << show_key(mention.value) << " names the author (erase --post ID)\n";
}

ExitCode run(Context& context, const Arguments& arguments) {
  const auto author = arguments.value("--author");
  if (author.has_value() == arguments.has("--post"))
    return context.bad_usage({Errc::malformed, "say --author or --post", "erase"});
  if (author.value_or(arguments.value_or("--post", "")).empty())
    return context.bad_usage({Errc::malformed, "is empty", author ? "--author" : "--post"});
  auto folder = context.archive_folder();
  if (!folder) return context.failed(folder.error());
  auto store = context.open_store();
  if (!store) return context.failed(store.error());
  say_if_waiting(context, *store);
  auto lock = app::CrawlLock::take(store->path());
  if (!lock) return context.failed(lock.error());
  const app::EraseTools tools{*store, *folder, context.clock(), archive_progress(context)};
  app::EraseOptions options;
  options.reason = author ? "author" : "post";
  if (author && !parse_key(*author)) options.author = *author;
  options.copies = arguments.has("--copies");
  options.dry_run = arguments.has("--dry-run");
  options.name_in_sentences = arguments.has("--name-in-sentences");
  if (options.name_in_sentences && options.author.empty())
    return context.bad_usage(
        {Errc::malformed, "needs --author with a name", "--name-in-sentences"});
  if (!options.dry_run)
    if (auto finished = finish_earlier(context, tools); !finished)
      return context.failed(finished.error());
  auto posts = find_posts(context, *store, arguments);
  if (!posts)
    return posts.error().code == Errc::malformed ? context.bad_usage(posts.error())
                                                 : context.failed(posts.error());
  auto outcome = app::erase(tools, *posts, options);
  if (tools.progress) context.err() << "\r\033[K";
  if (!outcome) return context.failed(outcome.error());
  if (context.json())
    print_json(context, *outcome, options.dry_run);
  else
    print_lines(context, *outcome, options.dry_run);
  if (posts->posts.empty())
    context.err() << "testigo: nothing of " << (author ? "this author" : "this post")
                  << " is stored\n";
  for (const std::string& copy : old_copies(store->path()))
    context.err() << "testigo: " << copy << " may still hold it; remove it\n";
  return tell_rest(context, outcome->notes, outcome->left, outcome->unwritten);
}

}  // namespace

Command erase_command() {
  return {"erase",
          "keep",
          "Erase an author or a post from store and archive, for good",
          {{"--author", Arity::value, "NAME", "a name, in every source, or a pseudonym", false, ""},
           {"--post", Arity::value, "ID", "a post's or mention's id, or its address", false, ""},
           {"--copies", Arity::flag, "", "posts elsewhere that repeat these, too", false, ""},
           {"--name-in-sentences", Arity::flag, "",
            "also archived records that hold the name as words, with all that others wrote there",
            false, ""},
           {"--dry-run", Arity::flag, "", "only say what would be erased", false, ""}},
          {{"erase --author 'Ana Pop' --dry-run", "what there is of her"},
           {"erase --author 'Ana Pop' --json",
            "rows, full text and archived bytes go; prints a receipt"},
           {"erase --post 3f2a9c0d11e2b745", "one post with all its revisions"}},
          run};
}

}  // namespace testigo::cli
