#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/asking_words.h"
#include "core/verdict.h"
#include "insight/brand_trial.h"
#include "query/match.h"

namespace testigo::app {

inline constexpr std::size_t most_trial_posts = 10;  // of each kind
inline constexpr std::size_t most_trial_topics = 8;
inline constexpr std::size_t most_trial_texts = 5'000;  // that topics are made of: the first

// What a brand's query would catch, before it is saved. A second sign of the brand is another
// alternative of the query, its name with exactly these letters, what is reviewed (the heading), or
// one of its domains in the text or the address.
class BrandTrial {
 public:
  struct Brand {
    std::string name;  // empty: none yet
    std::vector<std::string> own_domains;
  };
  // `words` must outlive it.
  BrandTrial(query::Query query, Brand brand, const AskingWords& words);

  struct Post {
    std::string where;
    std::string_view heading;  // what is reviewed
    std::string_view title;
    std::string_view text;
    query::Facts facts;
  };
  void look(const Post& post);
  [[nodiscard]] insight::TrialResult result();

 private:
  struct Alternative {
    query::Matcher matcher;
    insight::TrialTerm counts;
  };
  struct Kept {
    insight::TrialPost post;
    std::vector<std::string> stems, forms;  // as AskingSigns has them
    bool weak = false;
  };
  void catch_post(const Post& post, const query::Document& document);
  void note_near(const Post& post, const query::Document& document);
  [[nodiscard]] bool names_brand(const Post& post) const;
  [[nodiscard]] std::vector<insight::TrialTopic> topics() const;

  query::Matcher matcher_;
  Brand brand_;
  const AskingWords& words_;
  std::set<std::string> query_words_;
  std::set<std::string> near_words_;  // those, and phrases written together
  std::vector<Alternative> alternatives_;
  std::vector<Kept> kept_;
  insight::TrialResult result_;
};

}  // namespace testigo::app
