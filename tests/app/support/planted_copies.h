#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace testigo::planted {

// Texts and what others made of them, drawn from a seed: the same on every machine.

struct Text {
  std::string text;
  int origin = 0;         // texts of one origin are copies of each other; no others are
  std::string_view kind;  // "original", or how it was made
};

class Planter {
 public:
  explicit Planter(std::uint64_t seed) : engine_(seed) {}

  // Each original (of words enough to be told from a form), and a copy of it of each kind.
  [[nodiscard]] std::vector<Text> copies_of(const std::vector<std::string>& originals);
  // Texts that look like copies and are none: forms filled in, translations.
  [[nodiscard]] std::vector<Text> decoys(int first_origin);

  [[nodiscard]] std::size_t below(std::size_t bound) { return engine_() % bound; }

 private:
  template <class T>
  const T& one_of(const std::vector<T>& choices) {
    return choices[below(choices.size())];
  }
  [[nodiscard]] std::string syndicated(const std::string& text);
  [[nodiscard]] std::string with_another_ending(const std::string& text);
  [[nodiscard]] std::string quoted(const std::string& text);
  [[nodiscard]] std::string dressed_otherwise(const std::string& text);
  [[nodiscard]] std::vector<std::array<std::size_t, 6>> fillings_of_a_form();
  [[nodiscard]] std::string edited(const std::string& text, const std::string& words_from);

  std::mt19937_64 engine_;
};

// Of each text its first four fifths, at a word's end.
[[nodiscard]] std::string cut_short(const std::string& text);

}  // namespace testigo::planted
