#pragma once

#include <vector>

#include "extract/page_reading.h"
#include "extract/thing.h"

namespace testigo::extract {

// What the described things amount to, in the order in which they stand.
struct StructuredData {
  std::vector<Review> reviews;
  std::vector<Aggregate> aggregates;
  std::vector<PageComment> comments;
  std::vector<PageArticle> articles;
};

// Review, UserReview, CriticReview, EmployerReview; AggregateRating; Comment, Answer, Question and
// forum postings. A review's item is what it says it reviews, else the thing that it hangs on.
// Article, NewsArticle, BlogPosting and their kin are articles. ClaimReview is left out: it judges
// claims, not goods.
[[nodiscard]] StructuredData read_things(const Things& things);

// Adds what `more` has beyond `data`; a review that stands there already (same author, rating and
// beginning) counts once.
void merge(StructuredData& data, StructuredData more);

// Moves the places of comments of one reading of a page past those of another.
void keep_places_apart(const std::vector<PageComment>& there, std::vector<PageComment>& more);

}  // namespace testigo::extract
