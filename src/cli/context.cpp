#include "cli/context.h"

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <ostream>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/files.h"
#include "core/embedded.h"

namespace testigo::cli {
namespace {

// Whether a database can be written, with the files that it needs beside it.
bool may_write_beside(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return ::access(path.c_str(), W_OK) == 0 &&
         ::access(folder.empty() ? "." : folder.c_str(), W_OK) == 0;
}

// Written by the signal handler and nobody else.
std::atomic<bool> stop_asked = false;
std::atomic<std::int64_t> stop_asked_at = 0;  // milliseconds of the monotonic clock
static_assert(std::atomic<bool>::is_always_lock_free &&
              std::atomic<std::int64_t>::is_always_lock_free);

// timeout(1) and others send a signal to the process and then to its group: that is one wish.
constexpr std::int64_t one_wish_ms = 500;

std::int64_t monotonic_ms() noexcept {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return std::int64_t{time.tv_sec} * 1000 + time.tv_nsec / 1'000'000;
}

// A terminal that goes may say so more than once.
extern "C" void ask_to_stop(int signal) {
  const std::int64_t now = monotonic_ms();
  std::int64_t first = 0;
  if (stop_asked_at.compare_exchange_strong(first, now)) {
    stop_asked = true;
    return;
  }
  if (signal == SIGHUP || now - first < one_wish_ms) return;
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

constexpr std::size_t piped_width = 100;      // where no terminal says how wide it is
constexpr std::size_t any_width = 1'000'000;  // no line is cut

std::size_t terminal_width(int descriptor, bool is_terminal) {
  winsize size{};
  if (is_terminal && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return piped_width;
}

bool wants_color(std::optional<bool> forced, bool is_terminal) {
  if (forced) return *forced;
  const char* no_color = std::getenv("NO_COLOR");  // no-color.org
  return is_terminal && (no_color == nullptr || *no_color == '\0');
}

Result<std::optional<bool>> parse_color(const std::optional<std::string>& word) {
  if (!word || *word == "auto") return std::optional<bool>();
  if (*word == "always") return std::optional(true);
  if (*word == "never") return std::optional(false);
  return fail(Errc::malformed, "\"" + *word + "\" is none of auto, always, never", "--color");
}

Result<Context::Progress> parse_progress(const std::optional<std::string>& word, bool terminal) {
  if (!word || *word == "auto") return terminal ? Context::Progress::line : Context::Progress::none;
  if (*word == "json") return Context::Progress::json;
  if (*word == "none") return Context::Progress::none;
  return fail(Errc::malformed, "\"" + *word + "\" is none of auto, json, none", "--progress");
}

Result<std::optional<render::Format>> read_format(const Arguments& arguments) {
  if (arguments.has("--json")) return std::optional(render::Format::json);
  const auto word = arguments.value("--format");
  if (!word) return std::optional<render::Format>();
  if (const auto format = render::parse_format(*word)) return format;
  return fail(Errc::malformed, "\"" + *word + "\" is none of table, json, jsonl, csv, tsv, md",
              "--format");
}

}  // namespace

Result<Context> Context::make(const Streams& streams, const Arguments& arguments) {
  std::optional<UtcTime> now;
  if (const auto text = arguments.value("--now")) {
    now = parse_iso8601(*text);
    if (!now)
      return fail(Errc::malformed,
                  "\"" + *text + "\" is no ISO 8601 time, such as 2026-11-25T15:00:00Z", "--now");
  }
  Context context(streams, now);
  auto format = read_format(arguments);
  if (!format) return fail(std::move(format.error()));
  auto progress = parse_progress(arguments.value("--progress"), streams.err_is_terminal);
  if (!progress) return fail(std::move(progress.error()));
  auto color = parse_color(arguments.value("--color"));
  if (!color) return fail(std::move(color.error()));
  context.format_ = *format;
  context.progress_ = *progress;
  context.color_ = *color;
  context.configuration_file_ = arguments.value("--config");
  context.store_path_ = arguments.value("--db");
  return context;
}

const std::atomic<bool>& Context::stop_by_signal() const {
  std::signal(SIGINT, ask_to_stop);
  std::signal(SIGTERM, ask_to_stop);
  if (std::signal(SIGHUP, SIG_IGN) != SIG_IGN) std::signal(SIGHUP, ask_to_stop);
  return stop_asked;
}

render::Terminal Context::terminal() const {
  return {terminal_width(STDOUT_FILENO, streams_.out_is_terminal),
          wants_color(color_, streams_.out_is_terminal)};
}

render::Terminal Context::terminal_for_names() const {
  render::Terminal names = terminal();
  if (!streams_.out_is_terminal) names.width = any_width;
  return names;
}

render::Terminal Context::error_terminal() const {
  return {terminal_width(STDERR_FILENO, streams_.err_is_terminal),
          wants_color(color_, streams_.err_is_terminal)};
}

Result<const app::Configuration*> Context::configuration() {
  if (configuration_) return &*configuration_;
  auto file = app::find_configuration(configuration_file_);
  auto configuration = file ? app::load_configuration(*file)
                            : Result<app::Configuration>(fail(std::move(file.error())));
  if (!configuration) {
    configuration_error_ = configuration.error();
    return fail(std::move(configuration.error()));
  }
  configuration_ = std::move(*configuration);
  return &*configuration_;
}

void Context::use_configuration(app::Configuration configuration) {
  configuration_ = std::move(configuration);
}

Result<app::RuleBook> Context::load_book(app::BookParts parts) {
  std::optional<std::string> overlay;
  const bool configured = configuration_ || configuration_file_ ||
                          app::find_configuration(configuration_file_).has_value();
  if (configured) {
    auto found = configuration();
    if (!found) return fail(std::move(found.error()));
    if ((*found)->rules) overlay = app::resolve_path((*found)->folder, *(*found)->rules);
  }
  auto files = app::rule_files(embedded_files(), overlay);
  if (!files) return fail(std::move(files.error()));
  return app::load_rule_book(std::move(*files), parts);
}

Result<const app::RuleBook*> Context::no_book(Error error) {
  rules_error_ = error;
  return fail(std::move(error));
}

Result<const app::RuleBook*> Context::rule_book() {
  auto book = rule_book_with_faults();
  if (book && !(*book)->broken_sources.empty())
    return no_book((*book)->broken_sources.begin()->second);
  return book;
}

Result<const app::RuleBook*> Context::rule_book_with_faults() {
  if (rule_book_) return &*rule_book_;
  auto book = load_book(app::BookParts::all);
  if (!book) return no_book(std::move(book.error()));
  rule_book_ = std::move(*book);
  for (auto& [id, source] : rule_book_->sources) {
    if (source.auth.host_env.empty()) continue;
    const char* host = std::getenv(source.auth.host_env.c_str());
    if (host != nullptr && *host != '\0') source.auth.host = host;
  }
  return &*rule_book_;
}

Result<const app::RuleBook*> Context::rule_book_for_verdicts() {
  if (rule_book_for_verdicts_) return &*rule_book_for_verdicts_;
  auto book = load_book(app::BookParts::for_verdicts);
  if (!book) return no_book(std::move(book.error()));
  if (!book->broken_sources.empty()) return no_book(book->broken_sources.begin()->second);
  rule_book_for_verdicts_ = std::move(*book);
  return &*rule_book_for_verdicts_;
}

sources::Secrets Context::secrets(const app::RuleBook& book) {
  sources::Secrets secrets;
  for (const auto& [id, source] : book.sources) {
    for (const std::string& name : sources::secret_names(source.auth)) {
      const char* value = std::getenv(name.c_str());
      if (value != nullptr && *value != '\0') secrets.emplace(name, value);
    }
  }
  return secrets;
}

Result<std::string> Context::store_path() {
  if (store_path_) return *store_path_;
  auto found = configuration();
  if (!found) return fail(std::move(found.error()));
  return app::resolve_path((*found)->folder, (*found)->store);
}

Result<std::string> Context::archive_folder() {
  auto found = configuration();
  if (!found) return fail(std::move(found.error()));
  return app::resolve_path((*found)->folder, (*found)->archive);
}

Result<store::Store> Context::open_store() {
  auto path = store_path();
  if (!path) return fail(std::move(path.error()));
  if (!std::filesystem::exists(*path))
    return fail(Errc::not_found, "there is no store yet; fill one with: testigo crawl", *path);
  auto store = store::Store::open(*path);
  if (store || may_write_beside(*path)) return store;
  auto reader = store::Store::open(*path, {.read_only = true});
  return reader ? std::move(reader) : std::move(store);
}

ExitCode Context::failed(const Error& error) const {
  if (error == configuration_error_ || error == rules_error_) return bad_configuration(error);
  err() << "testigo: " << describe(error) << '\n';
  const bool is_interrupted = error.code == Errc::busy && stop_asked;
  return is_interrupted ? ExitCode::interrupted : ExitCode::failure;
}

ExitCode Context::bad_usage(const Error& error) const {
  std::string words = describe(error);
  // Behind the first line: what is drawn below it stays as it is.
  words.insert(std::min(words.find('\n'), words.size()), "; see --help");
  err() << "testigo: " << words << '\n';
  return ExitCode::usage;
}

ExitCode Context::bad_configuration(const Error& error) const {
  err() << "testigo: " << describe(error) << '\n';
  return ExitCode::configuration;
}

}  // namespace testigo::cli
