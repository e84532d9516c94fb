#include "formats/utf8_source.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include "text/charset.h"
#include "text/mixed_utf8.h"
#include "text/utf8.h"

namespace testigo::formats {
namespace {

constexpr std::size_t chunk_bytes = 64u << 10;
constexpr std::size_t sample_for_zeros = 4096;
constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

// Text of two bytes a letter is half zeros where it is Latin.
std::optional<std::string> without_mark_utf16(std::string_view head) {
  const std::string_view sample = head.substr(0, sample_for_zeros);
  std::size_t even = 0;
  std::size_t odd = 0;
  for (std::size_t i = 0; i < sample.size(); ++i)
    if (sample[i] == '\0') ++(i % 2 == 0 ? even : odd);
  const std::size_t half = sample.size() / 2;
  if (half < 2) return std::nullopt;
  if (odd * 10 > half * 7 && even * 10 < half) return "UTF-16LE";
  if (even * 10 > half * 7 && odd * 10 < half) return "UTF-16BE";
  return std::nullopt;
}

// Decodes chunk after chunk, cut where no character is torn.
class Decoder {
 public:
  Decoder(ByteSource source, TextEncoding encoding)
      : source_(std::move(source)), encoding_(std::move(encoding)) {}

  Result<std::size_t> read(std::span<char> room) {
    while (at_ == ready_.size()) {
      if (ended_) return 0;
      auto filled = fill();
      if (!filled) return fail(std::move(filled.error()));
    }
    const std::size_t size = std::min(room.size(), ready_.size() - at_);
    std::memcpy(room.data(), ready_.data() + at_, size);
    at_ += size;
    return size;
  }

 private:
  Result<void> fill() {
    auto more = read_up_to(source_, chunk_bytes);
    if (!more) return fail(std::move(more.error()));
    ended_ = more->size() < chunk_bytes;
    raw_ += *more;
    const std::size_t cut = ended_ ? raw_.size() : border();
    auto text = decoded(std::string_view(raw_).substr(0, cut));
    if (!text) return fail(std::move(text.error()));
    ready_ = std::move(*text);
    at_ = 0;
    if (first_ && ready_.starts_with(utf8_mark)) at_ = utf8_mark.size();
    first_ = false;
    raw_.erase(0, cut);
    return {};
  }

  // A place in raw_ before which all characters are whole.
  [[nodiscard]] std::size_t border() const {
    if (encoding_.name == "UTF-16LE" || encoding_.name == "UTF-16BE") return utf16_border();
    if (encoding_.name == "UTF-8" && !encoding_.plain)
      return text::char_border(raw_, raw_.size() - 1);
    const std::size_t line_end = raw_.find_last_of('\n');
    return line_end == std::string::npos ? raw_.size() : line_end + 1;
  }

  [[nodiscard]] std::size_t utf16_border() const {
    const std::size_t even = raw_.size() - raw_.size() % 2;
    const std::size_t high = encoding_.name == "UTF-16LE" ? even - 1 : even - 2;
    const bool is_lead = (static_cast<unsigned char>(raw_[high]) & 0xFC) == 0xD8;
    return is_lead ? even - 2 : even;
  }

  Result<std::string> decoded(std::string_view bytes) const {
    if (encoding_.name != "UTF-8") return text::decode_to_utf8(bytes, encoding_.name);
    if (!encoding_.plain || text::is_valid_utf8(bytes)) return text::mend_mixed_utf8(bytes);
    std::string out;
    while (!bytes.empty()) {
      const std::size_t size = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
      const std::string_view line = bytes.substr(0, size);
      auto text = text::is_valid_utf8(line) ? Result<std::string>(std::string(line))
                                            : text::decode_to_utf8(line, "windows-1252");
      if (!text) return text;
      out += *text;
      bytes.remove_prefix(size);
    }
    return out;
  }

  ByteSource source_;
  TextEncoding encoding_;
  std::string raw_;
  std::string ready_;
  std::size_t at_ = 0;
  bool first_ = true;
  bool ended_ = false;
};

}  // namespace

TextEncoding sniff_text_encoding(std::string_view head, bool whole) {
  if (head.starts_with(utf8_mark)) return {"UTF-8", true, false};
  if (head.starts_with("\xFF\xFE")) return {"UTF-16LE", true, false};
  if (head.starts_with("\xFE\xFF")) return {"UTF-16BE", true, false};
  if (auto name = without_mark_utf16(head)) return {*name, false, false};
  if (text::skip_ascii(head, 0) == head.size()) return {"UTF-8", false, true};
  const std::size_t valid = text::valid_utf8_length(head);
  constexpr std::size_t longest_torn_character = 3;
  if (valid == head.size() || (!whole && head.size() - valid <= longest_torn_character) ||
      text::look_for_utf8(head).is_utf8_in_the_main())
    return {"UTF-8", false, false};
  return {std::string(text::detect_encoding(head).value_or("windows-1252")), false, false};
}

ByteSource utf8_source(ByteSource source, const TextEncoding& encoding) {
  return [decoder = std::make_shared<Decoder>(std::move(source), encoding)](std::span<char> room) {
    return decoder->read(room);
  };
}

}  // namespace testigo::formats
