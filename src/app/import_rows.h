#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "app/import_plan.h"
#include "core/post.h"
#include "core/result.h"

namespace testigo::app {

// One row of an import file, by post field, and its bytes as evidence.
struct ImportRow {
  std::size_t line = 0;
  std::map<std::string, std::string> fields;        // by post field; absent and null are left out
  std::map<std::string, std::string> date_columns;  // field of a date → the column it came from
  std::string raw;                    // CSV: the row as JSON, one line; else as it stands
  std::optional<std::string> broken;  // why it could not be read
  bool skipped = false;               // what the preset passes over
};

// Rows of a CSV, JSON or mbox file, one at a time, with the mapping from post fields to columns
// resolved. Memory grows neither with the file nor with a line of it.
class ImportReader {
 public:
  virtual ~ImportReader() = default;

  // Nothing at the end. Errors end the import: the file cannot be read further.
  [[nodiscard]] virtual Result<std::optional<ImportRow>> next() = 0;
  // Passes over so many rows; returns how many there were.
  [[nodiscard]] virtual Result<std::size_t> skip(std::size_t rows);

  [[nodiscard]] const ImportPlan& plan() const { return plan_; }
  [[nodiscard]] ImportPlan& plan() { return plan_; }

 protected:
  explicit ImportReader(ImportPlan plan) : plan_(std::move(plan)) {}

  ImportPlan plan_;
};

// Opens a file that is no archive; gzip is undone. Errc::malformed for a mapped field or column
// that does not exist, with those that do; not_found for the file or the preset.
[[nodiscard]] Result<std::unique_ptr<ImportReader>> open_import(const ImportOptions& options,
                                                                const ImportPresets& presets);

// Which format a file is of, by its ending, then its first bytes.
[[nodiscard]] Result<ImportFormat> import_format_of(const ImportOptions& options);

// Mends the cells that were UTF-8 and were made UTF-8 again ("CafÃ©"); `raw` stays as it
// is. Returns whether there was one.
bool mend_cells(ImportRow& row);

// Whether a post field is a date.
[[nodiscard]] bool is_date_field(std::string_view field);

// A row as a post. The error says which field is wrong: no text, a rating that is no number, a date
// that cannot be read.
[[nodiscard]] Result<Post> post_of(const ImportRow& row, const ImportPlan& plan, UtcTime now);

// When the author of a row's post last changed it, as far as the file tells of each; nothing where
// it does not.
[[nodiscard]] std::optional<UtcTime> as_of(const ImportRow& row, const Post& post,
                                           const ImportPlan& plan, UtcTime now);

// Whether the post's id is one that its row gave it, not made of what it says.
[[nodiscard]] bool has_own_id(const Post& post);
// The id that a post without one of its own had before spellings of its date were one; stores hold
// such posts. Of the post as post_of made it.
[[nodiscard]] std::string former_content_id(const Post& post);

// The id that a post had before an address was no id where its parameter is one; stores hold such
// posts.
[[nodiscard]] std::optional<std::string> former_own_id(const ImportRow& row, const Post& post);

// The rating as the export writes it, in our words where the preset has them.
[[nodiscard]] std::optional<std::string> written_rating(const ImportRow& row,
                                                        const ImportPlan& plan);

// What the rows of a file show, seen one by one before any is stored, of how it is to be read.
class ImportSurvey {
 public:
  // Keeps a reference to `plan`.
  explicit ImportSurvey(const ImportPlan& plan);

  // Whether there is anything that rows could show.
  [[nodiscard]] bool is_due() const { return wants_scale_ || wants_order_; }
  void see(const ImportRow& row);

  // Errc::malformed where a rating lies beyond the scale that the plan supposes and nobody said:
  // the others would be stored on a scale that is not theirs.
  [[nodiscard]] Result<void> check_scale() const;
  // Whether the first of two numbers in the dates is the day: as most dates of the column say that
  // can be read in one way only, and where it has none, most of the file. One of them is noted in
  // the plan, and one that contradicts its column; where none shows it, one that can be read in
  // two.
  void learn_order(ImportPlan& plan) const;

 private:
  // Dates that show one order.
  struct Order {
    std::size_t dates = 0;
    std::string first;  // "25/03/2026 in line 7"

    void see(const std::string& place);
  };
  struct Orders {
    Order day_first, month_first;

    [[nodiscard]] bool day_is_first() const { return day_first.dates >= month_first.dates; }
  };
  void see_rating(const ImportRow& row);
  void see_dates(const ImportRow& row);

  const ImportPlan& plan_;
  bool wants_scale_;
  bool wants_order_;
  Orders all_;
  std::map<std::string, Orders> columns_;
  std::string either_;
  std::string beyond_;  // the first rating beyond the scale
  std::size_t beyond_line_ = 0;
};

}  // namespace testigo::app
