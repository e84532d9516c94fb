#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/verdict.h"
#include "insight/statistics.h"

// What a trial of a brand's query comes to: see app/brand_trial.h.

namespace testigo::insight {

// A post that a query was tried on, with the words that speak for it.
struct TrialPost {
  std::string where;  // source or file and line, for a person
  std::string text;
  std::vector<TextSpan> hits;
};

// One alternative of the query: an operand of its OR, else the whole.
struct TrialTerm {
  std::string term;         // as query::show writes it
  std::int64_t caught = 0;  // posts
  std::int64_t alone = 0;   // posts that no other alternative catches
};

// Caught posts that are about one thing.
struct TrialTopic {
  std::vector<std::string> words;  // that stand in most of them and least elsewhere, folded
  std::int64_t posts = 0;
  std::int64_t weak = 0;  // without a second sign
  TrialPost example;
};

struct TrialResult {
  std::int64_t looked_at = 0;
  std::int64_t caught = 0;
  std::int64_t weak = 0;                 // caught without a second sign of the brand
  std::optional<Estimate> noise;         // weak / caught: the most that can be noise
  std::vector<TrialTerm> terms;          // most caught first
  std::vector<TrialTopic> topics;        // the greatest share of weak first, then the largest
  std::vector<TrialPost> examples;       // the first of the caught
  std::vector<TrialPost> weak_examples;  // the first of the weak
  std::vector<TrialPost> near;           // not caught, though a word of the query stands in them
  std::int64_t near_count = 0;
};

}  // namespace testigo::insight
