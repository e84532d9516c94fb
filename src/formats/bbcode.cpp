#include "formats/bbcode.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "text/normalize.h"

namespace testigo::formats {
namespace {

enum class Part { words, line, apart, unseen, verbatim };
struct Tag {
  std::string_view name;
  Part part;
};
// steamcommunity.com/comment/ForumTopic/formattinghelp, and what forums (phpBB, vBulletin) add.
constexpr Tag tags[] = {{"b", Part::words},
                        {"i", Part::words},
                        {"u", Part::words},
                        {"s", Part::words},
                        {"strike", Part::words},
                        {"spoiler", Part::words},
                        {"url", Part::words},
                        {"color", Part::words},
                        {"size", Part::words},
                        {"font", Part::words},
                        {"email", Part::words},
                        {"sub", Part::words},
                        {"sup", Part::words},
                        {"td", Part::words},
                        {"th", Part::words},
                        {"center", Part::line},
                        {"left", Part::line},
                        {"right", Part::line},
                        {"li", Part::line},
                        {"*", Part::line},
                        {"tr", Part::line},
                        {"hr", Part::line},
                        {"h1", Part::line},
                        {"h2", Part::line},
                        {"h3", Part::line},
                        {"list", Part::apart},
                        {"olist", Part::apart},
                        {"ul", Part::apart},
                        {"ol", Part::apart},
                        {"quote", Part::apart},
                        {"table", Part::apart},
                        {"code", Part::apart},
                        {"p", Part::apart},
                        {"img", Part::unseen},
                        {"previewyoutube", Part::unseen},
                        {"noparse", Part::verbatim}};

// The tag that a text begins with: "[/b]", "[url=https://a.example]", "[table noborder=1]".
struct Found {
  const Tag* tag = nullptr;
  std::size_t size = 0;
  bool closes = false;
};
Found tag_at(std::string_view text) {
  constexpr std::size_t longest = 300;  // [url=…] holds an address
  Found found;
  found.closes = text.substr(0, 2) == "[/";
  const std::size_t begin = found.closes ? 2 : 1;
  const std::size_t end = text.substr(0, longest).find(']');
  if (end == std::string_view::npos) return found;
  const std::string_view inside = text.substr(begin, end - begin);
  const std::string name = text::ascii_lower(inside.substr(0, inside.find_first_of("= ")));
  const auto tag = std::find_if(std::begin(tags), std::end(tags),
                                [&](const Tag& one) { return one.name == name; });
  const bool has_more = inside.size() > name.size();
  // "[s so]" is no tag: what follows a blank gives values.
  if (tag == std::end(tags) || (has_more && inside.find('=') == std::string_view::npos))
    return found;
  found.tag = &*tag;
  found.size = end + 1;
  return found;
}

class BbcodeReader {
 public:
  explicit BbcodeReader(std::string_view text) : rest_(text) { out_.reserve(text.size()); }

  std::string read() {
    while (!rest_.empty()) {
      const std::size_t words = std::min(rest_.find('['), rest_.size());
      add(rest_.substr(0, words));
      rest_.remove_prefix(words);
      if (rest_.empty()) break;
      const Found found = tag_at(rest_);
      if (found.tag == nullptr) {
        add(rest_.substr(0, 1));
        rest_.remove_prefix(1);
        continue;
      }
      rest_.remove_prefix(found.size);
      read_tag(found);
    }
    return std::move(out_);
  }

 private:
  void add(std::string_view words) {
    if (breaks_ > 0) words.remove_prefix(std::min(words.find_first_not_of(' '), words.size()));
    if (words.empty()) return;
    if (words.front() != '\n')
      for (; stand_ < breaks_; ++stand_) out_ += '\n';
    if (cell_ && breaks_ == 0 && stand_ == 0 && words.front() != ' ') out_ += ' ';
    cell_ = false;
    breaks_ = 0;
    out_ += words;
    const std::size_t last = words.find_last_not_of("\n ");
    if (last != std::string_view::npos) stand_ = 0;
    const std::string_view tail = words.substr(last == std::string_view::npos ? 0 : last);
    stand_ += static_cast<std::size_t>(std::count(tail.begin(), tail.end(), '\n'));
  }

  void read_tag(const Found& found) {
    const Tag& tag = *found.tag;
    if (tag.part == Part::line) breaks_ = std::max<std::size_t>(breaks_, 1);
    if (tag.part == Part::apart) breaks_ = 2;
    if (tag.name == "td" || tag.name == "th") cell_ = true;
    if (found.closes || (tag.part != Part::unseen && tag.part != Part::verbatim)) return;
    const std::string closing = "[/" + std::string(tag.name) + "]";
    const std::size_t end = find_closing(closing);
    if (end == std::string_view::npos) return;
    if (tag.part == Part::verbatim) add(rest_.substr(0, end));
    rest_.remove_prefix(end + closing.size());
  }

  // What has no end is looked for once.
  std::size_t find_closing(const std::string& closing) {
    if (std::find(unclosed_.begin(), unclosed_.end(), closing) != unclosed_.end())
      return std::string_view::npos;
    const std::size_t end = rest_.find(closing);
    if (end == std::string_view::npos) unclosed_.push_back(closing);
    return end;
  }

  std::string_view rest_;
  std::string out_;
  std::size_t breaks_ = 0;  // line breaks that the next words want before them
  bool cell_ = false;       // they stand in another cell
  std::size_t stand_ = 2;   // that out_ ends in; at its beginning no more are wanted
  std::vector<std::string> unclosed_;
};

}  // namespace

std::string text_of_bbcode(std::string_view utf8) { return BbcodeReader(utf8).read(); }

}  // namespace testigo::formats
