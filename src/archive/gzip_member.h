#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace testigo::archive {

// Measured on review pages of 38 KB: 0.12 ms at level 1, 0.21 ms at 3 for 3% fewer bytes, 0.28 ms
// at 6 for 8% fewer.
inline constexpr int usual_compression = 1;

// Makes gzip members (RFC 1952) that say how long they are: an extra field "sl" holds the lengths
// of the member and of what is in it, 32 bits each, so that a file is walked without inflating it.
// Every gzip reader skips the field. Not for several threads at once.
class MemberMaker {
 public:
  explicit MemberMaker(int compression_level = usual_compression);
  MemberMaker(MemberMaker&&) noexcept;
  MemberMaker& operator=(MemberMaker&&) noexcept;
  ~MemberMaker();

  // Errc::limit_exceeded beyond 4 GiB.
  [[nodiscard]] Result<std::string> make(std::string_view bytes) const;
  // The same, made exactly `length` bytes long by padding in the member's comment.
  // Errc::limit_exceeded where it does not fit.
  [[nodiscard]] Result<std::string> make_of_length(std::string_view bytes,
                                                   std::size_t length) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Enough of a member's beginning for member_length().
inline constexpr std::size_t member_head_bytes = 24;

// The member's whole length as its "sl" field states it; none where it has no such field in first
// place, or is no gzip member.
[[nodiscard]] std::optional<std::uint64_t> member_length(std::string_view head);

[[nodiscard]] bool begins_gzip(std::string_view bytes);

}  // namespace testigo::archive
