#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"

namespace testigo::serve {

// The brand's answer that stands below a review.
struct DemoReply {
  UtcTime at{};
  std::string text;
};

// What a review says after its author came back to it.
struct DemoEdit {
  UtcTime at{};
  std::optional<int> rating;
  std::optional<std::string> title;
  std::string text;
};

// One line of data/demo/posts.jsonl, its days counted back from now.
struct DemoPost {
  std::string id;        // "en-aero2-01": stable, the external id on every page
  std::string place;     // path of the page it stands on, without the slash: "shop/en/brumiva-lumo"
  std::string language;  // "en", "es", "ro"
  std::string author;
  UtcTime posted_at{};  // whole minutes
  std::optional<UtcTime> edited_at;
  std::optional<int> rating;  // 1 to 5
  std::optional<std::string> title;
  std::string text;
  std::optional<DemoReply> reply;
  std::optional<DemoEdit> edit;  // shown from the second pass on
  std::string quotes;            // id of the post it quotes whole; "" none
  bool by_brand = false;
};

// Every place's posts, oldest first.
using DemoPlaces = std::map<std::string, std::vector<DemoPost>, std::less<>>;

// Errc::malformed with "data/demo/posts.jsonl:LINE" in `where`.
[[nodiscard]] Result<DemoPlaces> read_demo_posts(std::string_view jsonl, UtcTime now);

// The same places when every edit has been made.
[[nodiscard]] DemoPlaces with_edits(DemoPlaces places);

}  // namespace testigo::serve
