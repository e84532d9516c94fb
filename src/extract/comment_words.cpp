#include "extract/comment_words.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "formats/html.h"
#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;

bool is_named_teaser(Node element) {
  const std::string names =
      text::ascii_lower(std::string(element.attribute("class").value_or("")) + ' ' +
                        std::string(element.attribute("id").value_or("")));
  constexpr std::string_view words[] = {"recentcomment",  "recent-comment", "recent_comment",
                                        "latestcomment",  "latest-comment", "latest_comment",
                                        "recent-reviews", "recent_reviews"};
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return names.find(word) != std::string::npos; });
}

bool heads_teaser(Node heading, const Measure& own) {
  constexpr std::uint32_t longest = 40;  // characters
  if (!is_heading(heading.name()) || own.text == 0 || own.text > longest) return false;
  const std::string folded = text::fold(text::collapse_space(formats::text_of(heading)));
  constexpr std::string_view words[] = {
      "recent comments",      "latest comments",    "comentarios recientes",
      "ultimos comentarios",  "comentarii recente", "ultimele comentarii",
      "neueste kommentare",   "letzte kommentare",  "derniers commentaires",
      "commentaires recents", "commenti recenti",   "ultimi commenti",
      "comentarios recentes", "recente reacties",   "ostatnie komentarze"};
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return folded.starts_with(word); });
}

}  // namespace

bool lists_comments_elsewhere(Node element, const Measures& measures) {
  if (!element.is_element()) return false;
  // What holds most of a page has its own comments too.
  if (measures[element.id()].text > measures[0].text / 2) return false;
  if (is_named_teaser(element)) return true;
  return std::any_of(element.children().begin(), element.children().end(), [&](Node child) {
    return child.is_element() && heads_teaser(child, measures[child.id()]);
  });
}

bool tells_removal(std::string_view text) {
  constexpr std::size_t longest = 40;  // bytes
  text = text::trim(text);
  if (text.size() > longest || !text.starts_with('[') || !text.ends_with(']')) return false;
  const std::string folded = text::fold(text.substr(1, text.size() - 2));
  constexpr std::string_view words[] = {"deleted", "removed", "deleted by user",
                                        "flagged", "dead",    "eliminado",
                                        "borrado", "sters",   "deleted by author"};
  return std::find(std::begin(words), std::end(words), folded) != std::end(words);
}

}  // namespace testigo::extract
