#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ids.h"
#include "insight/brief.h"
#include "insight/topics.h"

namespace testigo::insight {

// Finds the advocacy and complaints that are on the topic of some questions, as brief.h says, by
// what posts have in common with these rather than by going through all posts for each topic.
// Keeps views: what it is made of must outlive it.
class OnTopic {
 public:
  using Members = std::vector<std::size_t>;  // places of posts

  // `vectors` are of `posts`, by the table's weights.
  OnTopic(std::span<const BriefPost> posts, const TermTable& terms,
          std::span<const TermVector> vectors);

  struct Found {
    Members advocacy, complaints;  // ascending
  };
  // Of the questions in `group`, of which at least half have each of `themes`.
  [[nodiscard]] Found of(const Members& group, std::span<const std::string> themes) const;

 private:
  using Marks = std::vector<bool>;  // by the place of a post

  void mark_replies(const Members& group, Marks& marks) const;
  void mark_themes(std::span<const std::string> themes, Marks& marks) const;
  void mark_alike(const Members& group, Marks& marks) const;
  void mark_saying_half(const Members& group, Marks& marks) const;

  std::span<const BriefPost> posts_;
  const TermTable& terms_;
  std::span<const TermVector> vectors_;
  // Of advocacy and complaints alone.
  Members voices_;
  std::map<PostId, Members> by_parent_;
  std::map<std::string_view, Members> by_theme_;
  std::map<std::string_view, Members> by_word_;                       // that is, by term
  std::vector<std::vector<std::pair<std::size_t, double>>> weights_;  // by the number of a term
};

}  // namespace testigo::insight
