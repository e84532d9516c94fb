#include "formats/markdown.h"

#include <algorithm>
#include <md4c.h>
#include <optional>
#include <vector>

#include "formats/entities.h"
#include "formats/markdown_habits.h"
#include "formats/page_text.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::formats {
namespace {

constexpr unsigned dialect =
    MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_NOHTMLBLOCKS;

// HTML elements within a line; those that stand apart page_text.h knows.
constexpr std::string_view inline_tags[] = {
    "a",    "abbr",   "b",      "big",  "br",      "cite",  "code",  "del",  "em",    "font",
    "i",    "ins",    "kbd",    "mark", "picture", "q",     "s",     "samp", "small", "source",
    "span", "strike", "strong", "sub",  "sup",     "tbody", "thead", "tt",   "u",     "var"};

bool is_inline_tag(std::string_view name) {
  return std::find(std::begin(inline_tags), std::end(inline_tags), name) != std::end(inline_tags);
}

// What the parser tells of, in order, written down as text.
class MarkdownText {
 public:
  explicit MarkdownText(std::size_t room) : out_(room) {}

  void begin(MD_BLOCKTYPE block, const void* detail) {
    if (block == MD_BLOCK_QUOTE) ++quotes_;
    if (block == MD_BLOCK_UL) numbers_.emplace_back();
    if (block == MD_BLOCK_OL)
      numbers_.emplace_back(static_cast<const MD_BLOCK_OL_DETAIL*>(detail)->start);
    if (block == MD_BLOCK_CODE) code_.emplace();
    stand_apart(block);
    if (block == MD_BLOCK_LI) begin_item();
  }

  void end(MD_BLOCKTYPE block) {
    if (block == MD_BLOCK_QUOTE) --quotes_;
    if (block == MD_BLOCK_UL || block == MD_BLOCK_OL) numbers_.pop_back();
    if (block == MD_BLOCK_CODE) end_code();
    begins_item_ = false;
    stand_apart(block);
  }

  void begin(MD_SPANTYPE span) { pictures_ += span == MD_SPAN_IMG ? 1 : 0; }
  void end(MD_SPANTYPE span) { pictures_ -= span == MD_SPAN_IMG ? 1 : 0; }

  void text(MD_TEXTTYPE kind, std::string_view words) {
    if (quotes_ > 0 || pictures_ > 0) return;
    begins_item_ = false;
    if (code_) {
      code_->append(words);
    } else if (kind == MD_TEXT_BR || kind == MD_TEXT_SOFTBR) {
      out_.gap(Gap::line);
    } else if (kind == MD_TEXT_HTML) {
      tag(words);
    } else if (kind == MD_TEXT_ENTITY) {
      reference(words);
    } else if (kind != MD_TEXT_NULLCHAR) {
      out_.add(words);
    }
  }

  std::string take() { return out_.take(); }

 private:
  void stand_apart(MD_BLOCKTYPE block) {
    if (quotes_ > 0 || begins_item_) return;  // the first words of an item follow its number
    if (block == MD_BLOCK_THEAD || block == MD_BLOCK_TBODY) return;
    const bool is_cell = block == MD_BLOCK_TD || block == MD_BLOCK_TH;
    const bool is_line = block == MD_BLOCK_LI || block == MD_BLOCK_TR || block == MD_BLOCK_CODE ||
                         block == MD_BLOCK_UL || block == MD_BLOCK_OL;
    out_.gap(is_cell ? Gap::space : is_line ? Gap::line : Gap::paragraph);
  }

  void begin_item() {
    if (quotes_ > 0 || !numbers_.back()) return;
    out_.add(std::to_string((*numbers_.back())++) + ". ");
    begins_item_ = true;
  }

  void end_code() {
    if (quotes_ == 0 && !code_->empty()) {
      if (code_->back() == '\n') code_->pop_back();
      out_.add_as_is(*code_);
    }
    code_.reset();
  }

  // "<b>", "</b>", "<br />"; what is no tag of HTML is what somebody wrote in angle brackets.
  void tag(std::string_view written) {
    std::string_view inside =
        written.substr(1, written.size() - std::min<std::size_t>(2, written.size()));
    if (inside.starts_with('/')) inside.remove_prefix(1);
    const std::string name = text::ascii_lower(inside.substr(0, inside.find_first_of(" \n\t/")));
    const Standing standing = standing_of(name);
    if (standing.gap == Gap::none && !standing.unseen && !is_inline_tag(name))
      return out_.add(written);
    if (name == "br") return out_.line_break();
    out_.gap(standing.gap);
  }

  void reference(std::string_view written) {
    constexpr char32_t zero_width_space = 0x200B;  // Reddit's editor puts it where nothing stands
    const auto found = read_reference(written);
    if (!found) return out_.add(written);
    if (found->value != zero_width_space) out_.add(text::encode(found->value));
  }

  PageText out_;
  int quotes_ = 0;                                // that are open
  int pictures_ = 0;                              // the same
  std::vector<std::optional<unsigned>> numbers_;  // of the next item of each open list, if numbered
  bool begins_item_ = false;
  std::optional<std::string> code_;
};

MarkdownText& of(void* reader) { return *static_cast<MarkdownText*>(reader); }

}  // namespace

std::string text_of_markdown(std::string_view utf8) {
  const std::string text = as_commonmark(utf8);
  MarkdownText out(text.size());
  MD_PARSER parser{};
  parser.flags = dialect;
  parser.enter_block = [](MD_BLOCKTYPE block, void* detail, void* reader) {
    of(reader).begin(block, detail);
    return 0;
  };
  parser.leave_block = [](MD_BLOCKTYPE block, void*, void* reader) {
    of(reader).end(block);
    return 0;
  };
  parser.enter_span = [](MD_SPANTYPE span, void*, void* reader) {
    of(reader).begin(span);
    return 0;
  };
  parser.leave_span = [](MD_SPANTYPE span, void*, void* reader) {
    of(reader).end(span);
    return 0;
  };
  parser.text = [](MD_TEXTTYPE kind, const MD_CHAR* words, MD_SIZE size, void* reader) {
    of(reader).text(kind, {words, size});
    return 0;
  };
  // It fails only where memory is out, and then the program has ended.
  static_cast<void>(md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, &out));
  return out.take();
}

}  // namespace testigo::formats
