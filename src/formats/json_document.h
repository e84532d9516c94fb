#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "formats/json.h"

namespace testigo::formats {

class JsonDocument;
class JsonNode;
struct JsonNodeMember;
template <class Value, std::uint32_t lead>
class JsonRange;
using JsonItems = JsonRange<JsonNode, 0>;
using JsonMembers = JsonRange<JsonNodeMember, 1>;

enum class JsonKind : std::uint8_t { null, boolean, integer, real, text, array, object };

// A handle on one value of a JsonDocument; the document must outlive it and stay where it is. One
// that leads nowhere (a member that there is not) is false and may be asked anything: it is of no
// kind and holds nothing.
class JsonNode {
 public:
  JsonNode() = default;
  JsonNode(const JsonDocument* document, std::uint32_t id) : document_(document), id_(id) {}

  explicit operator bool() const { return document_ != nullptr; }
  [[nodiscard]] bool is_null() const { return is(JsonKind::null); }
  [[nodiscard]] bool is_number() const { return is(JsonKind::integer) || is(JsonKind::real); }
  [[nodiscard]] bool is_array() const { return is(JsonKind::array); }
  [[nodiscard]] bool is_object() const { return is(JsonKind::object); }

  // The value, where it is of that type.
  [[nodiscard]] std::optional<bool> as_bool() const;
  [[nodiscard]] std::optional<std::string_view> as_string() const;
  // A scalar as people read it, as JsonValue::to_text.
  [[nodiscard]] std::optional<std::string> to_text() const;

  // The elements of an array, the members of an object in the document's order; else none.
  [[nodiscard]] JsonItems items() const;
  [[nodiscard]] JsonMembers members() const;
  // A member by its key, of equal keys the last one.
  [[nodiscard]] JsonNode find(std::string_view key) const;

  // A value that owns all it holds.
  [[nodiscard]] JsonValue value() const;

 private:
  [[nodiscard]] bool is(JsonKind kind) const;

  const JsonDocument* document_ = nullptr;
  std::uint32_t id_ = 0;
};

struct JsonNodeMember {
  std::string_view key;
  JsonNode value;
  // Not 0 where the document numbers its keys: then it has this number wherever it stands.
  std::uint16_t number = 0;
};

// A document (RFC 8259) for reading a few values out of it. Its values lie in one vector in
// document order, their texts in one string: it costs a fraction of a tree of JsonValues.
class JsonDocument {
 public:
  [[nodiscard]] JsonNode root() const { return {this, 0}; }

 private:
  friend class JsonNode;
  template <class Value, std::uint32_t lead>
  friend class JsonRange;
  friend class JsonDocumentBuilder;

  struct Slice {
    std::uint32_t begin;
    std::uint32_t length;
  };
  // Of an object each member is its key, a text, and then its value.
  struct Entry {
    JsonKind kind = JsonKind::null;
    std::uint16_t key = 0;  // a member's key: its number
    std::uint32_t end = 0;  // one past the last entry within
    union {
      bool flag;
      std::int64_t integer;
      double real;
      Slice text;
    };
  };
  static constexpr std::uint32_t outside = 1u << 31;  // in a slice's begin: not in the pool
  [[nodiscard]] std::string_view view(Slice slice) const {
    const bool is_outside = (slice.begin & outside) != 0;
    return {(is_outside ? source_ : pool_.data()) + (slice.begin & ~outside), slice.length};
  }

  std::vector<Entry> entries_;
  std::string pool_;
  const char* source_ = nullptr;  // the text that it was read from, where it holds parts of that
};

// The values of a container; Value is what one looks like, `lead` the entries of it that stand
// before its value (a member's key).
template <class Value, std::uint32_t lead>
class JsonRange {
 public:
  class Iterator {
   public:
    using value_type = Value;
    using difference_type = std::ptrdiff_t;
    Iterator() = default;
    Iterator(const JsonDocument* document, std::uint32_t id) : document_(document), id_(id) {}
    Value operator*() const;
    Iterator& operator++() {
      id_ = document_->entries_[id_ + lead].end;
      return *this;
    }
    Iterator operator++(int) {
      Iterator old = *this;
      ++*this;
      return old;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.id_ == b.id_; }

   private:
    const JsonDocument* document_ = nullptr;
    std::uint32_t id_ = 0;
  };
  JsonRange() = default;
  JsonRange(const JsonDocument* document, std::uint32_t begin, std::uint32_t end)
      : document_(document), begin_(begin), end_(end) {}
  [[nodiscard]] Iterator begin() const { return {document_, begin_}; }
  [[nodiscard]] Iterator end() const { return {document_, end_}; }
  [[nodiscard]] bool empty() const { return begin_ == end_; }

 private:
  const JsonDocument* document_ = nullptr;
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
};

inline bool JsonNode::is(JsonKind kind) const {
  return document_ != nullptr && document_->entries_[id_].kind == kind;
}

template <>
inline JsonNode JsonItems::Iterator::operator*() const {
  return {document_, id_};
}

template <>
inline JsonNodeMember JsonMembers::Iterator::operator*() const {
  const JsonDocument::Entry& key = document_->entries_[id_];
  return {document_->view(key.text), {document_, id_ + 1}, key.key};
}

// Makes a document from its values in document order, each container with what is in it.
class JsonDocumentBuilder {
 public:
  // `document_bytes`: how long its text is, where that is known.
  explicit JsonDocumentBuilder(std::size_t document_bytes = 0);
  // Texts may be parts of this one, which outlives the document.
  explicit JsonDocumentBuilder(const char* source) { document_.source_ = source; }
  void null() { add(JsonKind::null); }
  void boolean(bool value) { add(JsonKind::boolean).flag = value; }
  void integer(std::int64_t value) { add(JsonKind::integer).integer = value; }
  void real(double value) { add(JsonKind::real).real = value; }
  void text(std::string_view value);  // and a member's key
  // A part of the source; of a key that the document numbers, its number.
  void text_at(std::size_t begin, std::size_t length, std::uint16_t key = 0);
  // The place of the container, to be given to close() after all that is in it.
  [[nodiscard]] std::size_t open_array();
  [[nodiscard]] std::size_t open_object();
  void close(std::size_t place);
  void value(const JsonValue& value);
  [[nodiscard]] JsonDocument finish() { return std::move(document_); }

 private:
  JsonDocument::Entry& add(JsonKind kind);

  JsonDocument document_;
};

inline JsonDocument::Entry& JsonDocumentBuilder::add(JsonKind kind) {
  JsonDocument::Entry& entry = document_.entries_.emplace_back();
  entry.kind = kind;
  entry.end = static_cast<std::uint32_t>(document_.entries_.size());
  return entry;
}

inline void JsonDocumentBuilder::text_at(std::size_t begin, std::size_t length, std::uint16_t key) {
  JsonDocument::Entry& entry = add(JsonKind::text);
  entry.key = key;
  entry.text = {static_cast<std::uint32_t>(begin) | JsonDocument::outside,
                static_cast<std::uint32_t>(length)};
}

// Keys of objects, as many as the pointers of a source have.
class JsonKeys {
 public:
  // The key's number, counted from 0 in the order they were added; the same one for the same key.
  std::size_t add(std::string_view key);
  [[nodiscard]] std::optional<std::size_t> number_of(std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const { return number_of(key).has_value(); }
  [[nodiscard]] std::size_t size() const { return keys_.size(); }

 private:
  struct Key {
    std::string text;
    std::size_t next;  // of those in its bucket; no_key at the end
  };
  static constexpr std::size_t no_key = static_cast<std::size_t>(-1);
  static constexpr std::size_t bucket_count = 64;

  static std::size_t bucket_of(std::string_view key);
  static constexpr std::array<std::size_t, bucket_count> empty_buckets() {
    std::array<std::size_t, bucket_count> buckets{};
    buckets.fill(no_key);
    return buckets;
  }

  std::vector<Key> keys_;
  std::array<std::size_t, bucket_count> first_ = empty_buckets();
};

// As parse_json: the same documents, the same errors.
[[nodiscard]] Result<JsonDocument> read_json(std::string_view bytes, const JsonLimits& limits = {});

// As read_json, but members under other keys than these may be left out, which saves what most of
// an answer costs; an object that has members keeps one of them. Of what is left out only the
// brackets and strings are looked at: a document that is broken there alone is read. `bytes` must
// outlive the document; spare capacity of it saves a copy.
[[nodiscard]] Result<JsonDocument> pick_json(const std::string& bytes, const JsonKeys& keys,
                                             const JsonLimits& limits = {});
Result<JsonDocument> pick_json(std::string&&, const JsonKeys&, const JsonLimits& = {}) = delete;

// RFC 6901, as of JsonValue; leads nowhere where there is nothing.
[[nodiscard]] JsonNode find(JsonNode root, std::string_view json_pointer);

}  // namespace testigo::formats
