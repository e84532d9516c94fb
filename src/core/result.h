#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace testigo {

// What kind of failure; each layer adds words, none changes the kind without reason.
enum class Errc { not_found, malformed, unsupported, limit_exceeded, timed_out, refused, busy, io };

// An expected failure, for a person. `what` reads as a sentence and says what to do next;
// `where` is what to look at: a URL, or "rules/es/lexicon.tsv:214:3".
struct Error {
  Errc code = Errc::io;
  std::string what;
  std::string where;

  friend bool operator==(const Error&, const Error&) = default;
};

// A value, or the expected failure that kept it from being made.
template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
  return tl::unexpected<Error>(std::move(error));
}

[[nodiscard]] inline tl::unexpected<Error> fail(Errc code, std::string what,
                                                std::string where = {}) {
  return fail(Error{code, std::move(what), std::move(where)});
}

// "where: what", the shape that editors jump on; just "what" when there is nothing to look at.
[[nodiscard]] std::string describe(const Error& error);

}  // namespace testigo
