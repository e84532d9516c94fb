#pragma once

#include <atomic>
#include <iosfwd>
#include <optional>
#include <string>

#include "app/clock.h"
#include "app/configuration.h"
#include "app/rule_book.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "core/result.h"
#include "render/rows.h"
#include "render/terminal.h"
#include "sources/auth.h"
#include "store/store.h"

namespace testigo::cli {

// What every command works with: streams, clock, configuration, rules and store, each opened when
// first asked for. Data goes to `out`, all else to `err`.
class Context {
 public:
  struct Streams {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    bool out_is_terminal = false;
    bool err_is_terminal = false;
  };

  // Reads the common options. Errc::malformed names the option that is wrong.
  [[nodiscard]] static Result<Context> make(const Streams& streams, const Arguments& arguments);

  [[nodiscard]] std::istream& in() const { return streams_.in; }
  [[nodiscard]] std::ostream& out() const { return streams_.out; }
  [[nodiscard]] std::ostream& err() const { return streams_.err; }
  [[nodiscard]] const app::Clock& clock() const { return clock_; }
  [[nodiscard]] UtcTime now() const { return clock_.stamp(); }

  // From now on SIGINT, SIGTERM and SIGHUP set the flag instead of ending the process; a second
  // SIGINT or SIGTERM, half a second later or more, ends it at once. A SIGHUP that was ignored
  // (nohup) stays so. For work that can finish its writes first.
  [[nodiscard]] const std::atomic<bool>& stop_by_signal() const;

  // --format or --json; a table where neither is given.
  [[nodiscard]] render::Format format() const { return format_.value_or(render::Format::table); }
  [[nodiscard]] bool json() const { return format_ == render::Format::json; }
  [[nodiscard]] render::Terminal terminal() const;  // of `out`
  // The same for tables of names that no reader may lose a letter of: a pipe or file is as wide as
  // they are.
  [[nodiscard]] render::Terminal terminal_for_names() const;
  [[nodiscard]] render::Terminal error_terminal() const;  // of `err`

  enum class Progress : std::uint8_t { none, line, json };
  [[nodiscard]] Progress progress() const { return progress_; }

  // The configuration, checked. The same object each time.
  [[nodiscard]] Result<const app::Configuration*> configuration();
  // Built-in rules under the configured overlay; without a configuration, the built-in ones alone.
  [[nodiscard]] Result<const app::RuleBook*> rule_book();
  // The same where sources of the user's own may be broken: the caller says so of those it needs.
  [[nodiscard]] Result<const app::RuleBook*> rule_book_with_faults();
  // The same without the built-in parts that no verdict is made with (app/rule_book.h): sooner
  // there.
  [[nodiscard]] Result<const app::RuleBook*> rule_book_for_verdicts();
  // What the environment holds of the secrets that the book's sources ask for.
  [[nodiscard]] static sources::Secrets secrets(const app::RuleBook& book);
  [[nodiscard]] Result<std::string> store_path();
  [[nodiscard]] Result<std::string> archive_folder();
  // Errc::not_found, with the mend, where no crawl or import has made the store yet.
  [[nodiscard]] Result<store::Store> open_store();

  // In place of the configuration file, for `demo`.
  void use_configuration(app::Configuration configuration);

  // Say in one line on `err` what went wrong, and which exit code that is.
  // 1; 4 where that is the configuration or its rules; 130 where waiting for the store was
  // interrupted.
  ExitCode failed(const Error& error) const;
  ExitCode bad_usage(const Error& error) const;          // 2
  ExitCode bad_configuration(const Error& error) const;  // 4

 private:
  Context(const Streams& streams, std::optional<UtcTime> now) : streams_(streams), clock_(now) {}

  [[nodiscard]] Result<app::RuleBook> load_book(app::BookParts parts);
  [[nodiscard]] Result<const app::RuleBook*> no_book(Error error);

  Streams streams_;
  app::Clock clock_;
  std::optional<render::Format> format_;
  Progress progress_ = Progress::none;
  std::optional<bool> color_;
  std::optional<std::string> configuration_file_;
  std::optional<std::string> store_path_;
  std::optional<app::Configuration> configuration_;
  std::optional<Error> configuration_error_;  // why there is none
  std::optional<Error> rules_error_;          // why there is no rule book
  std::optional<app::RuleBook> rule_book_;
  std::optional<app::RuleBook> rule_book_for_verdicts_;
};

}  // namespace testigo::cli
