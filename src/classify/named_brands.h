#pragma once

#include <cstdint>
#include <span>

#include "classify/effects.h"
#include "classify/matcher.h"
#include "classify/scopes.h"
#include "text/words.h"

namespace testigo::classify {

// The brands that one field names, by their place: in a clause, in a list, from a word on.
class NamedBrands {
 public:
  using Range = std::span<const BrandAt>;

  // All by begin.
  NamedBrands(Range all, const Reading& reading, const Scopes& scopes,
              std::span<const Hit> modifiers, std::span<const Outcome> outcomes)
      : all_(all),
        tokens_(reading.tokens),
        scopes_(scopes),
        modifiers_(modifiers),
        outcomes_(outcomes) {}

  [[nodiscard]] Range::iterator begin() const { return all_.begin(); }
  [[nodiscard]] Range::iterator end() const { return all_.end(); }
  [[nodiscard]] bool names_several() const;
  [[nodiscard]] Range::iterator first_from(std::uint32_t token) const;
  // With what is listed beside them: "Acme, Globex and Initech" are spoken of as one.
  [[nodiscard]] Range in_clause(std::uint32_t clause) const;
  [[nodiscard]] Range listed_with(Range::iterator first, Range::iterator last) const;
  [[nodiscard]] std::uint32_t clause_of(std::uint32_t token) const {
    return scopes_.clause_of(token);
  }
  [[nodiscard]] std::uint32_t sentence_of(const BrandAt& brand) const {
    return tokens_[brand.begin].sentence;
  }

 private:
  [[nodiscard]] bool are_listed(const BrandAt& one, const BrandAt& next) const;
  [[nodiscard]] bool is_parted(std::uint32_t begin, std::uint32_t end) const;
  [[nodiscard]] bool follows_comma(std::uint32_t token) const {
    return tokens_[token].has(text::after_comma);
  }

  Range all_;
  std::span<const text::Token> tokens_;
  const Scopes& scopes_;
  std::span<const Hit> modifiers_;
  std::span<const Outcome> outcomes_;
};

}  // namespace testigo::classify
