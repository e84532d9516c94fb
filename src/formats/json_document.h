#pragma once

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
    std::uint32_t end = 0;  // one past the last entry within
    union {
      bool flag;
      std::int64_t integer;
      double real;
      Slice text;
    };
  };
  [[nodiscard]] std::string_view view(Slice slice) const {
    return {pool_.data() + slice.begin, slice.length};
  }

  std::vector<Entry> entries_;
  std::string pool_;
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
  return {document_->view(document_->entries_[id_].text), {document_, id_ + 1}};
}

// Makes a document from its values in document order, each container with what is in it.
class JsonDocumentBuilder {
 public:
  // `document_bytes`: how long its text is, where that is known.
  explicit JsonDocumentBuilder(std::size_t document_bytes = 0);
  void null() { add(JsonKind::null); }
  void boolean(bool value) { add(JsonKind::boolean).flag = value; }
  void integer(std::int64_t value) { add(JsonKind::integer).integer = value; }
  void real(double value) { add(JsonKind::real).real = value; }
  void text(std::string_view value);  // and a member's key
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

// Keys of objects, as many as the pointers of a source have.
class JsonKeys {
 public:
  void add(std::string_view key);
  [[nodiscard]] bool has(std::string_view key) const;

 private:
  std::vector<std::string> keys_;
  std::uint64_t marks_ = 0;  // a bit for each length with its first byte, several sharing one
};

// As parse_json: the same documents, the same errors. With `only`, members under other keys may be
// left out, which saves what most of an answer costs; an object that has members keeps one of them.
[[nodiscard]] Result<JsonDocument> read_json(std::string_view bytes, const JsonLimits& limits = {},
                                             const JsonKeys* only = nullptr);

// RFC 6901, as of JsonValue; leads nowhere where there is nothing.
[[nodiscard]] JsonNode find(JsonNode root, std::string_view json_pointer);

}  // namespace testigo::formats
