#include "extract/flat_list.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "extract/record_list.h"

namespace testigo::extract {
namespace {

using formats::Node;

constexpr std::uint32_t largest_head = 150;  // characters of name, date and what stands with them
constexpr std::uint32_t min_words = 10;      // of what nothing names a comment
constexpr double most_links = 0.5;
constexpr double least_share = 0.8;  // of a contribution's words that one element must hold

constexpr std::uint8_t both = authored | dated;

class FlatFinder {
 public:
  FlatFinder(const formats::Tree& tree, const Measures& measures, const PageMarks& marks,
             const std::vector<bool>& record)
      : tree_(tree), measures_(measures), marks_(marks), record_(record) {}

  std::vector<FlatItem> find() {
    bool announced = false;
    std::uint32_t record_end = 0;
    for (std::uint32_t id = 1; id < tree_.size(); ++id) {
      const Node node = tree_.node(id);
      if (is_heading(node.name()) && of(node).text > 0)
        announced = announces_comments(node, of(node));
      if (record_[id]) record_end = std::max(record_end, of(node).end);
      if (id >= record_end && node.is_element() && !of(node).unseen)
        read_list(node, announced || is_table_of_comments(node));
    }
    std::sort(items_.begin(), items_.end(),
              [](const FlatItem& a, const FlatItem& b) { return a.words.id() < b.words.id(); });
    return std::move(items_);
  }

 private:
  const Measure& of(Node node) const { return measures_[node.id()]; }
  std::uint8_t marks(Node node) const { return marks_.below[node.id()]; }

  bool is_table_of_comments(Node list) const {
    if (list.name() != "tbody") return false;
    const Hints& hints = of(list.parent()).hints;
    return hints.has(Hint::comment) && !hints.has(Hint::beside);
  }

  void read_list(Node list, bool announced) {
    if ((marks(list) & (announced ? dated : authored)) == 0) return;
    std::vector<Node> parts;
    for (const Node child : list.children())
      if (child.is_element() && of(child).text > 0 && !of(child).unseen) parts.push_back(child);
    if (parts.size() < 2 || read_dated_heads(parts)) return;
    const auto first = std::find_if(parts.begin(), parts.end(),
                                    [&](Node part) { return is_head(part, announced); });
    if (first == parts.end()) return;
    const std::string kind = kind_of(*first);
    const bool defines = list.name() == "dl";
    std::vector<FlatItem> found;
    bool named = false;
    std::size_t whole = 0;  // that bear both name and date
    for (auto at = first; at != parts.end();) {
      const auto next = std::find_if(at + 1, parts.end(), [&](Node part) {
        return kind_of(part) == kind && is_head(part, announced);
      });
      std::uint8_t told = 0;
      for (auto part = at; part != next; ++part) told |= marks(*part);
      if (auto item = item_of({at, next})) {
        named = named || of(item->words).hints.has(Hint::comment);
        if ((told & both) == both) ++whole;
        found.push_back(*std::move(item));
      }
      at = next;
    }
    const std::size_t least = named && defines ? 1 : named || announced ? 2 : 3;
    if (found.size() < least || (!announced && whole < found.size())) return;
    std::move(found.begin(), found.end(), std::back_inserter(items_));
  }

  // Each contribution behind a line with its date: forums put the number there, too.
  bool read_dated_heads(const std::vector<Node>& parts) {
    const auto is_dated_head = [&](Node part) {
      return (marks(part) & both) == dated && of(part).text <= largest_head &&
             of(part).hints.has(Hint::comment);
    };
    const auto is_signed = [&](Node part) {
      return (marks(part) & both) == authored && of(part).hints.has(Hint::comment) &&
             !record_[part.id()] && of(part).text >= min_comment_text;
    };
    std::vector<FlatItem> found;
    for (std::size_t i = 0; i + 1 < parts.size(); i += 2) {
      if (!is_dated_head(parts[i]) || !is_signed(parts[i + 1])) return false;
      found.push_back({parts[i + 1], {parts[i]}});
    }
    if (parts.size() % 2 != 0) return false;
    std::move(found.begin(), found.end(), std::back_inserter(items_));
    return true;
  }

  // A few words with a name, or below a heading that says what follows, a date.
  bool is_head(Node part, bool announced) const {
    const bool told = (marks(part) & authored) != 0 || (announced && (marks(part) & dated) != 0);
    return told && of(part).text <= largest_head && !leads_away(part);
  }

  // A headline that links to its story.
  bool leads_away(Node part) const {
    constexpr std::size_t most_nodes = 200;  // before the headline of a story
    if (is_heading(part.name())) return of(part).links == of(part).text;
    std::size_t seen = 0;
    for (const Node below : part.descendants()) {
      if (is_heading(below.name()) && of(below).text > 0) return of(below).links == of(below).text;
      if (++seen == most_nodes) break;
    }
    return false;
  }

  // A head with what follows it.
  std::optional<FlatItem> item_of(std::vector<Node> parts) const {
    FlatItem item;
    std::uint32_t text = 0;
    for (auto part = parts.begin() + 1; part != parts.end(); ++part) {
      // A contribution of its own is no part of this one.
      if (record_[part->id()] || (marks(*part) & both) == both) return std::nullopt;
      if (leads_away(*part)) return std::nullopt;
      const bool frame = marks(*part) != 0 && of(*part).text <= largest_head;
      if (frame && !of(*part).hints.has(Hint::body)) continue;
      text += of(*part).text;
      if (!item.words || of(*part).text > of(item.words).text) item.words = *part;
    }
    if (!item.words || of(item.words).text < text * least_share) return std::nullopt;
    const bool is_comment = of(item.words).hints.has(Hint::comment);
    if (of(item.words).text < (is_comment ? min_comment_text : min_words)) return std::nullopt;
    if (link_share(of(item.words)) > most_links) return std::nullopt;
    for (const Node part : parts)
      if (part != item.words) item.beside.push_back(part);
    return item;
  }

  const formats::Tree& tree_;
  const Measures& measures_;
  const PageMarks& marks_;
  const std::vector<bool>& record_;
  std::vector<FlatItem> items_;
};

}  // namespace

std::vector<FlatItem> find_flat_items(const formats::Tree& tree, const Measures& measures,
                                      const PageMarks& marks, const std::vector<bool>& record) {
  return FlatFinder(tree, measures, marks, record).find();
}

}  // namespace testigo::extract
