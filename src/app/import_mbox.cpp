#include <unordered_map>

#include "app/import_mapping.h"
#include "app/import_open.h"
#include "app/import_words.h"
#include "core/digest.h"
#include "extract/plain.h"
#include "extract/quotes.h"
#include "formats/mbox.h"
#include "formats/mime.h"
#include "text/normalize.h"

namespace testigo::app {
namespace {

// Where mail programs put the mail that is answered, in HTML.
constexpr std::string_view quoted_html =
    "//blockquote | //*[contains(@class, 'gmail_quote')] | //*[contains(@class, 'yahoo_quoted')] | "
    "//*[contains(@class, 'moz-cite-prefix')] | //*[@id = 'divRplyFwdMsg' or @id = "
    "'appendonsend']/following-sibling::* | "
    "//*[contains(@class, 'moz-signature')] | //*[contains(@class, 'gmail_signature')]";

std::string words_of(const formats::Mail& mail) {
  const std::string plain =
      mail.body_is_html ? extract::html_text_without(mail.body, quoted_html) : mail.body;
  return own_words_of_mail(plain);
}

// RFC 3834 §5: answers that no person wrote.
bool is_automatic(const formats::Mail& mail) {
  const auto submitted = mail.field("Auto-Submitted");
  return (submitted && !text::equal_ignoring_case(*submitted, "no")) ||
         mail.field("X-Autoreply").has_value();
}

// What stands in a field's brackets, an id or an address; of several ids the last is the nearest
// parent's.
std::optional<std::string> last_id(const std::optional<std::string>& field) {
  if (!field) return std::nullopt;
  const std::size_t open = field->rfind('<');
  const std::size_t close = field->rfind('>');
  if (open == std::string::npos || close == std::string::npos || close < open)
    return std::string(text::trim(*field));
  return field->substr(open + 1, close - open - 1);
}

// "Re: Fwd: Battery" → "Battery": what the thread is about.
std::string thread_of(std::string_view subject) {
  constexpr std::string_view marks[] = {"re:", "fw:", "fwd:", "aw:", "rv:", "sv:", "antw:"};
  for (bool cut = true; cut;) {
    cut = false;
    subject = text::trim(subject);
    for (const std::string_view mark : marks)
      if (text::equal_ignoring_case(subject.substr(0, mark.size()), mark)) {
        subject.remove_prefix(mark.size());
        cut = true;
      }
  }
  return std::string(subject);
}

// A message by the names of its header fields, "body" for its words, "thread" for its subject
// without "Re:".
std::optional<std::string> column_of(const formats::Mail& mail, const std::string& column) {
  if (column == "body") return words_of(mail);
  if (column == "thread") return thread_of(mail.field("Subject").value_or(""));
  constexpr std::string_view bracketed[] = {"Message-ID", "In-Reply-To", "References",
                                            "Archived-At"};
  for (const std::string_view name : bracketed)
    if (text::equal_ignoring_case(column, name)) return last_id(mail.field(column));
  if (!text::equal_ignoring_case(column, "From")) return mail.field(column);
  const auto from = mail.field(column);
  if (!from) return std::nullopt;
  const formats::Mailbox box = formats::parse_mailbox(*from);
  return box.name.empty() ? box.address : box.name;
}

class MboxImport final : public ImportReader {
 public:
  MboxImport(ImportPlan plan, formats::ByteSource bytes)
      : ImportReader(std::move(plan)), messages_(std::move(bytes)) {}

  Result<std::optional<ImportRow>> next() override {
    auto message = messages_.next();
    if (!message) return fail(std::move(message.error()));
    if (!*message) return std::optional<ImportRow>();
    ImportRow row;
    row.line = (*message)->line;
    const formats::Mail mail = formats::read_mail((*message)->bytes);
    if (mail.fields.empty()) {
      row.broken = "there is no mail header here";
      return std::optional(std::move(row));
    }
    row.skipped = is_automatic(mail);
    for (const auto& [field, columns] : plan_.mapping) {
      for (const std::string& column : columns) {
        auto value = column_of(mail, column);
        if (!value || value->empty()) continue;
        row.fields[field] = std::move(*value);
        break;
      }
    }
    if (is_anothers_id(row)) row.fields.erase("id");
    row.raw = std::move((*message)->bytes);
    return std::optional(std::move(row));
  }

 private:
  // Whether a message before this one, by another author, has the same id. RFC 5322 §3.6.4 wants
  // each of its own; who breaks that does not edit the other's words.
  bool is_anothers_id(const ImportRow& row) {
    const auto id = row.fields.find("id");
    if (id == row.fields.end()) return false;
    const auto author = row.fields.find("author");
    const std::int64_t by = key_of({author == row.fields.end() ? "" : author->second});
    const auto [first, fresh] = author_of_id_.emplace(key_of({id->second}), by);
    return !fresh && first->second != by;
  }

  formats::MboxReader messages_;
  std::unordered_map<std::int64_t, std::int64_t> author_of_id_;  // both as keys
};

}  // namespace

Result<std::unique_ptr<ImportReader>> open_mbox_import(ImportFile file,
                                                       const ImportOptions& options,
                                                       const ImportPresets& presets) {
  const std::vector<std::string> columns = {
      "body", "thread",     "Message-ID",  "From",        "Subject",
      "Date", "References", "In-Reply-To", "Archived-At", "Content-Language"};
  ImportOptions with_preset = options;
  if (!with_preset.preset) with_preset.preset = "mail";
  auto plan = plan_import(with_preset, presets, ImportFormat::mbox, columns);
  if (!plan) return fail(std::move(plan.error()));
  plan->encoding = "as each message says";
  plan->unused.clear();
  return std::make_unique<MboxImport>(std::move(*plan), std::move(file.bytes));
}

}  // namespace testigo::app
