#pragma once

#include <random>

#include "store/support/store_fixture.h"

namespace testigo::store {

// Draws posts from a small world, so that edits, copies, look-alikes and departures are frequent.
class World {
 public:
  explicit World(unsigned seed) : random_(seed) {}

  Batch next() {
    Batch batch;
    batch.rules = "sha256:" + std::to_string(upto(3) / 2);
    batch.now = noon(upto(24 * 40));
    for (int i = upto(3); i >= 0; --i) {
      Answer& answer = batch.answers.emplace_back();
      draw_list(answer, i);
      for (int j = upto(5); j > 0; --j) answer.posts.push_back(post());
      for (int j = upto(8); j > 6; --j) {
        answer.departures.push_back({post_id(post().post), noon(upto(50)), upto(2) == 0});
      }
    }
    return batch;
  }

 private:
  // An import, or one of few lists that show all, or all since a date, or are no more.
  void draw_list(Answer& answer, int list) {
    answer.fetched_at = noon(24 * 46);
    if (upto(4) == 0) return;
    answer.request = RequestKey(list);
    answer.gone = upto(6) == 0;
    answer.erase_departed = upto(3) == 0;
    if (upto(3) == 0) return;
    answer.shown.emplace();
    answer.shown->whole = upto(3) == 0;
    if (upto(2) == 0) answer.shown->window = TimeWindow{noon(upto(24 * 45)), {}};
  }

  int upto(int n) { return std::uniform_int_distribution<int>(0, n - 1)(random_); }

  Sighting post() {
    static const std::string texts[] = {
        "Great", "Bad", "The very same words that were written by somebody else before me",
        "Another long statement which will be repeated here and there by many", "so so",
        // Near copies: the second resembles the first and the third, which do not each other.
        "It took eleven days to arrive and when it did the box was open, the manual was missing "
        "and "
        "somebody had kept the charger for themselves",
        "It took eleven days to arrive and when it did the box was open, the manual was missing "
        "and "
        "somebody had kept the charger for themselves. They sent me a new one after I had written "
        "to "
        "three addresses, and a voucher that has expired before it came",
        "They sent me a new one after I had written to three addresses, and a voucher that has "
        "expired before it came"};
    Sighting s = sighting(std::to_string(upto(12)), texts[upto(8)], static_cast<Tag>(upto(5)));
    s.post.page_url = "https://forum.example/" + std::to_string(upto(3));
    if (upto(4) == 0) {
      s.post.external_id.reset();
      if (upto(2) == 0) s.post.author.reset();
    }
    const UtcTime said = noon(upto(24 * 45));
    s.post.posted_at = said;
    if (upto(3) == 0) s.post.posted_at.reset();
    if (upto(3) == 0) s.post.url.reset();
    s.post.posted_at_written = upto(2) == 0 ? "a while ago" : "yesterday";
    s.dated = s.post.posted_at.has_value();
    s.seen_at = noon(24 * 45 + upto(24));
    s.day = day_at(s.dated ? said : s.seen_at);
    if (upto(2) == 0) s.post.rating = Rating{static_cast<double>(1 + upto(5)), 5.0, 1.0};
    s.post.by_brand = upto(8) == 0;
    s.verdict.score = upto(2001) / 1000.0 - 1.0;
    s.verdict.act = static_cast<Act>(upto(11));
    s.verdict.stage.reset();
    if (upto(5) == 0)
      s.verdict = Verdict{};
    else if (upto(2) == 0)
      s.verdict.themes = {{"price", Polarity::negative}, {"app", Polarity::mixed}};
    s.brands = {{BrandId("acme"), s.verdict.tag, s.verdict.score}};
    if (upto(3) == 0) s.brands.push_back({BrandId("globex"), Tag::mixed, 0.1234567});
    return s;
  }

  std::mt19937 random_;
};

}  // namespace testigo::store
