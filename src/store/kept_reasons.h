#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/verdict.h"
#include "store/connection.h"

namespace testigo::store {

// How the reasons of a verdict are kept.
//
// All that the rules give at one place is one firing, and the same in many texts: its rows [label,
// contribution] are kept once. Of the verdict's own there stay its number, how far it begins behind
// the one before (from the text's begin), and its length. Those that look at nothing of the text
// (bias) are much the same for all texts of a language: lists of firings kept once as well, in
// shared_reasons.
struct KeptReasons {
  std::optional<std::string> own;      // of this text: number_list.h
  std::optional<std::int64_t> shared;  // of every text like it: shared_reasons.id
};

// Stores what of them is not stored yet, and tells where they lie.
[[nodiscard]] KeptReasons keep_reasons(Connection& c, const Verdict& verdict);

// Reads them back into Verdict::why and names, by where their words begin, title and text alike.
// `shared` is the JSON of a row of shared_reasons.
void add_reasons_to(Verdict& verdict, Connection& c, const std::optional<std::string>& own,
                    const std::optional<std::string>& shared);

// Of a firing's rows, in JSON: firing.hash.
[[nodiscard]] std::int64_t firing_hash(std::string_view rows);

// The numbers of the firings in a verdict's own list.
[[nodiscard]] std::vector<std::int64_t> own_firings(std::string_view own);

}  // namespace testigo::store
