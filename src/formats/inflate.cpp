#include "formats/inflate.h"

#include <algorithm>
#include <array>
#include <brotli/decode.h>
#include <memory>
#include <vector>
#include <zlib.h>
#include <zstd.h>

#include "text/normalize.h"

namespace testigo::formats {
namespace {

constexpr std::size_t chunk_bytes = 64u << 10;
constexpr std::size_t free_expansion = 1u << 20;  // small answers may expand as they like

// window bits: 15 zlib, -15 raw deflate, +16 gzip (zlib.h)
constexpr int zlib_window = 15;
constexpr int raw_window = -15;
constexpr int gzip_window = 15 + 16;

// zstd frames may ask for any window; RFC 9659 grants 8 MB to Content-Encoding.
constexpr int max_zstd_window_log = 23;

Error broken(std::string_view coding) {
  return {Errc::malformed,
          "The " + std::string(coding) + " data is broken or cut short; ask again.",
          {}};
}

// What one decoding may yield.
class Bound {
 public:
  explicit Bound(std::size_t max_bytes) : max_bytes_(max_bytes) {}
  Bound(std::size_t max_bytes, std::size_t input)
      : max_bytes_(max_bytes), max_expanded_(input * max_expansion_ratio + free_expansion) {}

  Result<void> check(std::size_t output) const {
    if (output > max_bytes_) {
      return fail(Errc::limit_exceeded, "The decoded body exceeds " + std::to_string(max_bytes_) +
                                            " bytes; it was dropped.");
    }
    if (output > max_expanded_) {
      return fail(Errc::limit_exceeded, "The body expands more than " +
                                            std::to_string(max_expansion_ratio) +
                                            " times, as a compression bomb does; it was dropped.");
    }
    return {};
  }

 private:
  std::size_t max_bytes_;
  std::size_t max_expanded_ = static_cast<std::size_t>(-1);
};

struct EndInflate {
  void operator()(z_stream* stream) const noexcept {
    inflateEnd(stream);
    delete stream;  // NOLINT(cppcoreguidelines-owning-memory): this is the owner's deleter
  }
};
using Inflater = std::unique_ptr<z_stream, EndInflate>;

Inflater make_inflater(std::string_view bytes, int window_bits) {
  Inflater stream(new z_stream());
  // zlib never writes through next_in.
  stream->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  if (inflateInit2(stream.get(), window_bits) != Z_OK) throw std::bad_alloc();
  return stream;
}

// What could be read of a stream.
struct Part {
  GzipMember member;
  bool whole = false;
};

// One zlib, gzip or raw stream at the beginning of `bytes`, up to where it breaks off.
Result<Part> inflate_part(std::string_view bytes, int window_bits, const Bound& bound) {
  const Inflater stream = make_inflater(bytes, window_bits);
  Part part;
  GzipMember& member = part.member;
  std::vector<char> chunk(chunk_bytes);
  int status = Z_OK;
  while (status == Z_OK) {
    const std::size_t left = bytes.size() - member.consumed;
    stream->avail_in = static_cast<uInt>(std::min<std::size_t>(left, 1u << 30));
    const uInt offered = stream->avail_in;
    stream->next_out = reinterpret_cast<Bytef*>(chunk.data());
    stream->avail_out = static_cast<uInt>(chunk.size());
    status = inflate(stream.get(), Z_NO_FLUSH);
    const std::size_t made = chunk.size() - stream->avail_out;
    const std::size_t taken = offered - stream->avail_in;
    if (status == Z_OK && made == 0 && taken == 0) break;
    member.consumed += taken;
    member.bytes.append(chunk.data(), made);
    if (Result<void> fits = bound.check(member.bytes.size()); !fits) return fail(fits.error());
  }
  part.whole = status == Z_STREAM_END;
  return part;
}

Result<GzipMember> inflate_one(std::string_view bytes, int window_bits, const Bound& bound,
                               std::string_view coding) {
  Result<Part> part = inflate_part(bytes, window_bits, bound);
  if (!part) return fail(std::move(part).error());
  if (!part->whole) return fail(broken(coding));
  return std::move(part->member);
}

bool is_gzip(std::string_view bytes) { return bytes.substr(0, 2) == "\x1f\x8b"; }

// Members one after the other are one file (RFC 1952 §2.2); padding after them is ignored.
Result<GzipContent> inflate_members(std::string_view bytes, const Bound& bound) {
  GzipContent out;
  do {
    Result<Part> part = inflate_part(bytes, gzip_window, bound);
    if (!part) return fail(std::move(part).error());
    std::string& more = part->member.bytes;
    bytes.remove_prefix(part->member.consumed);
    out.bytes.empty() ? out.bytes.swap(more) : void(out.bytes.append(more));
    out.whole = part->whole;
    if (Result<void> fits = bound.check(out.bytes.size()); !fits) return fail(fits.error());
  } while (out.whole && is_gzip(bytes));
  return out;
}

Result<std::string> decode_gzip(std::string_view bytes, const Bound& bound) {
  Result<GzipContent> content = inflate_members(bytes, bound);
  if (!content) return fail(std::move(content).error());
  if (!content->whole) return fail(broken("gzip"));
  return std::move(content->bytes);
}

// "deflate" is zlib by RFC 9110 §8.4.1.2, but some servers send the raw stream.
Result<std::string> decode_deflate(std::string_view bytes, const Bound& bound) {
  const bool zlib_header =
      bytes.size() >= 2 && (bytes[0] & 0x0F) == 8 &&
      (static_cast<unsigned char>(bytes[0]) * 256 + static_cast<unsigned char>(bytes[1])) % 31 == 0;
  if (zlib_header) {
    Result<GzipMember> wrapped = inflate_one(bytes, zlib_window, bound, "deflate");
    if (wrapped) return std::move(wrapped->bytes);
    if (wrapped.error().code == Errc::limit_exceeded) return fail(wrapped.error());
  }
  Result<GzipMember> raw = inflate_one(bytes, raw_window, bound, "deflate");
  if (!raw) return fail(std::move(raw).error());
  return std::move(raw->bytes);
}

struct DestroyBrotli {
  void operator()(BrotliDecoderState* state) const noexcept { BrotliDecoderDestroyInstance(state); }
};

Result<std::string> decode_brotli(std::string_view bytes, const Bound& bound) {
  const std::unique_ptr<BrotliDecoderState, DestroyBrotli> state(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr));
  if (!state) throw std::bad_alloc();
  std::size_t left = bytes.size();
  const auto* next = reinterpret_cast<const std::uint8_t*>(bytes.data());
  std::vector<std::uint8_t> chunk(chunk_bytes);
  std::string out;
  while (true) {
    std::size_t room = chunk.size();
    std::uint8_t* to = chunk.data();
    const BrotliDecoderResult result =
        BrotliDecoderDecompressStream(state.get(), &left, &next, &room, &to, nullptr);
    out.append(reinterpret_cast<const char*>(chunk.data()), chunk.size() - room);
    if (Result<void> fits = bound.check(out.size()); !fits) return fail(std::move(fits).error());
    if (result == BROTLI_DECODER_RESULT_SUCCESS) return out;
    if (result != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) return fail(broken("br"));
  }
}

struct FreeZstd {
  void operator()(ZSTD_DCtx* context) const noexcept { ZSTD_freeDCtx(context); }
};

Result<std::string> decode_zstd(std::string_view bytes, const Bound& bound) {
  const std::unique_ptr<ZSTD_DCtx, FreeZstd> context(ZSTD_createDCtx());
  if (!context) throw std::bad_alloc();
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, max_zstd_window_log);
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  std::vector<char> chunk(chunk_bytes);
  std::string out;
  while (true) {
    ZSTD_outBuffer to{chunk.data(), chunk.size(), 0};
    const std::size_t before = in.pos;
    const std::size_t hint = ZSTD_decompressStream(context.get(), &to, &in);
    if (ZSTD_isError(hint)) return fail(broken("zstd"));
    out.append(chunk.data(), to.pos);
    if (Result<void> fits = bound.check(out.size()); !fits) return fail(std::move(fits).error());
    if (hint == 0 && in.pos == in.size) return out;
    if (in.pos == before && to.pos == 0) return fail(broken("zstd"));
  }
}

Result<std::string> decode_one(std::string_view coding, std::string_view bytes,
                               std::size_t max_bytes) {
  const Bound bound(max_bytes, bytes.size());
  if (coding == "gzip" || coding == "x-gzip") return decode_gzip(bytes, bound);
  if (coding == "deflate") return decode_deflate(bytes, bound);
  if (coding == "br") return decode_brotli(bytes, bound);
  if (coding == "zstd") return decode_zstd(bytes, bound);
  return fail(Errc::unsupported, "The body is coded as \"" + std::string(coding) +
                                     "\"; gzip, deflate, br and zstd are understood.");
}

// Names in lower case, in the order they were applied, identity left out.
std::vector<std::string> codings(std::string_view header) {
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin <= header.size();) {
    const std::size_t end = std::min(header.find(',', begin), header.size());
    std::string name = text::ascii_lower(text::trim(header.substr(begin, end - begin)));
    if (!name.empty() && name != "identity") names.push_back(std::move(name));
    begin = end + 1;
  }
  return names;
}

}  // namespace

Result<std::string> decode_content(std::string_view content_encoding, std::string_view bytes,
                                   std::size_t max_bytes) {
  const std::vector<std::string> names = codings(content_encoding);
  if (names.size() > max_stacked_encodings) {
    return fail(Errc::limit_exceeded, "The body is coded " + std::to_string(names.size()) +
                                          " times over; at most " +
                                          std::to_string(max_stacked_encodings) + " are undone.");
  }
  if (Result<void> fits = Bound(max_bytes).check(bytes.size()); !fits) return fail(fits.error());
  std::string body(bytes);
  if (bytes.empty()) return body;  // an answer without a body, as to HEAD
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    Result<std::string> decoded = decode_one(*name, body, max_bytes);
    if (!decoded) return decoded;
    body = std::move(*decoded);
  }
  return body;
}

Result<GzipContent> inflate_to_break(std::string_view bytes, std::size_t max_bytes) {
  Result<GzipContent> content = inflate_members(bytes, Bound(max_bytes, bytes.size()));
  if (content && content->bytes.empty() && !content->whole) return fail(broken("gzip"));
  return content;
}

Result<GzipMember> inflate_member(std::string_view bytes, std::size_t max_bytes) {
  if (!is_gzip(bytes)) return fail(Errc::malformed, "There is no gzip member here.");
  return inflate_one(bytes, gzip_window, Bound(max_bytes), "gzip");
}

}  // namespace testigo::formats
