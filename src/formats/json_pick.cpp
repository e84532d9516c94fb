#include <algorithm>
#include <cstdint>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/json_document.h"
#include "formats/json_plain.h"

namespace testigo::formats {
namespace {

namespace ondemand = simdjson::ondemand;

// A parser keeps buffers of the largest document it has seen, so only small ones share it.
constexpr std::size_t max_shared_bytes = 1u << 20;
constexpr std::size_t max_picked_bytes = 1u << 30;  // places in a document are told in 31 bits

// Tells which keys are asked for. Objects of one kind have their members in one order: the key
// after this one is mostly the one that came after it the last time, and is not looked for then.
class KeyFilter {
 public:
  explicit KeyFilter(const JsonKeys& keys) : keys_(keys) {}

  struct Key {
    std::string quoted;  // with the quote that ends it
    bool is_asked_for = false;
    std::uint16_t number = 0;  // 0 of those beyond the ones that are known
    std::size_t after = 0;
  };

  // The key that stands at the beginning of `rest`, where it is the one that is due; else nothing.
  const Key* guess(std::string_view rest) {
    const std::size_t due = known_[last_].after;
    if (due == 0 || !rest.starts_with(known_[due].quoted)) return nullptr;
    last_ = due;
    return &known_[due];
  }

  Key look_up(std::string_view key) {
    const bool is_asked_for = keys_.has(key);
    if (known_.size() == max_known && !numbers_.has(key)) return {"", is_asked_for};
    const std::size_t number = numbers_.add(key) + 1;
    if (number == known_.size())
      known_.push_back({std::string(key) + '"', is_asked_for, static_cast<std::uint16_t>(number)});
    known_[last_].after = number;
    last_ = number;
    return known_[number];
  }

 private:
  static constexpr std::size_t max_known =
      200;  // no service has more; what is beyond is looked for

  const JsonKeys& keys_;
  JsonKeys numbers_;
  std::vector<Key> known_{1};  // at 0 what comes before the first key
  std::size_t last_ = 0;
};

bool is_at_end(ondemand::document& document) {
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

// Walks a document once and keeps what stands under the keys that are asked for: a string without
// escapes by its place. Each step is false where the document is not as simdjson wants it, or
// beyond a limit.
class Picker {
 public:
  // `read`: what simdjson reads.
  Picker(std::string_view read, JsonDocumentBuilder& builder, const JsonKeys& keys,
         const JsonLimits& limits)
      : read_(read),
        builder_(builder),
        filter_(keys),
        left_(limits.max_values),
        depth_left_(limits.max_depth) {}

  bool pick(ondemand::document& document) {
    ondemand::value root;
    return !document.get_value().get(root) && pick(root) && is_at_end(document);
  }

 private:
  bool pick(ondemand::value from) {
    if (left_ == 0) return false;
    --left_;
    ondemand::json_type type{};
    if (from.type().get(type)) return false;
    switch (type) {
      case ondemand::json_type::object:
      case ondemand::json_type::array:
        return pick_nested(from, type);
      case ondemand::json_type::string:
        return pick_string(from);
      case ondemand::json_type::number:
        return pick_number(from);
      case ondemand::json_type::boolean: {
        bool flag = false;
        if (from.get_bool().get(flag)) return false;
        builder_.boolean(flag);
        return true;
      }
      case ondemand::json_type::null: {
        bool is_null = false;
        if (from.is_null().get(is_null)) return false;
        builder_.null();
        return is_null;
      }
    }
    return false;
  }

  bool pick_nested(ondemand::value from, ondemand::json_type type) {
    if (depth_left_ == 0) return false;
    --depth_left_;
    const bool picked = type == ondemand::json_type::array ? pick_array(from) : pick_object(from);
    ++depth_left_;
    return picked;
  }

  bool pick_array(ondemand::value from) {
    ondemand::array array;
    if (from.get_array().get(array)) return false;
    const std::size_t place = builder_.open_array();
    for (auto item : array) {
      ondemand::value value;
      if (std::move(item).get(value) || !pick(value)) return false;
    }
    builder_.close(place);
    return true;
  }

  bool pick_object(ondemand::value from) {
    ondemand::object object;
    if (from.get_object().get(object)) return false;
    const std::size_t place = builder_.open_object();
    Key unwanted;           // the first key that nobody asks for
    std::string unescaped;  // it, where simdjson's copy would not last
    bool has_members = false;
    bool has_unwanted = false;
    for (auto member : object) {
      ondemand::field field;
      Key key;
      if (std::move(member).get(field) || !read_key(field, key)) return false;
      if (key.is_asked_for) {
        add(key);
        if (!pick(field.value())) return false;
        has_members = true;
      } else if (!has_unwanted) {
        has_unwanted = true;
        unwanted = key;
        if (key.is_unescaped) unwanted.value = unescaped = key.value;
      }
    }
    if (!has_members && has_unwanted) {
      add(unwanted);
      builder_.null();
    }
    builder_.close(place);
    return true;
  }

  struct Text {
    std::size_t begin = 0;
    std::string_view value;  // where it stands, or where simdjson unescapes
    bool is_unescaped = false;
    std::uint16_t number = 0;  // of a key
  };

  struct Key : Text {
    bool is_asked_for = false;
  };

  void add(const Text& text) {
    if (text.is_unescaped)
      builder_.text(text.value);
    else
      builder_.text_at(text.begin, text.value.size(), text.number);
  }

  std::size_t place_of(const char* text) const {
    return static_cast<std::size_t>(text - read_.data());
  }

  bool read_key(ondemand::field& field, Key& key) {
    key.begin = place_of(field.key().raw());
    const std::string_view rest = read_.substr(key.begin);
    if (const KeyFilter::Key* due = filter_.guess(rest)) {
      key.value = rest.substr(0, due->quoted.size() - 1);
      key.is_asked_for = due->is_asked_for;
      key.number = due->number;
      return true;
    }
    std::size_t end = 0;  // simdjson has seen that there is one
    while (rest[end] != '"' && rest[end] != '\\') ++end;
    key.value = rest.substr(0, end);
    key.is_unescaped = rest[end] == '\\';
    if (key.is_unescaped && field.unescaped_key().get(key.value)) return false;
    const KeyFilter::Key known = filter_.look_up(key.value);
    key.is_asked_for = known.is_asked_for;
    key.number = known.number;
    return true;
  }

  // A token runs up to the next one: its string, and white space.
  bool pick_string(ondemand::value from) {
    std::string_view token = from.raw_json_token();
    const std::size_t close = token.find_last_of('"');
    token = token.substr(1, close - 1);
    Text text{place_of(token.data()), token, token.find('\\') != std::string_view::npos, 0};
    if (text.is_unescaped && from.get_string().get(text.value)) return false;
    add(text);
    return true;
  }

  // simdjson 3.0 reads "8888682888888888887.5" on demand as 0: it is asked for integers alone.
  bool pick_number(ondemand::value from) {
    std::int64_t integer = 0;
    if (!from.get_int64().get(integer)) {
      builder_.integer(integer);
      return true;
    }
    const auto number = parse_json_plain(from.raw_json_token(), {});
    if (number) builder_.value(*number);
    return number.has_value();
  }

  std::string_view read_;
  JsonDocumentBuilder& builder_;
  KeyFilter filter_;
  std::size_t left_;
  std::size_t depth_left_;
};

// What simdjson needs to read a document: memory that serves the next one too.
struct Scratch {
  ondemand::parser parser;
  std::string padded;  // a copy, where the document has no room behind it
};

bool pick_with(Scratch& scratch, std::string_view text, bool has_room, JsonDocumentBuilder& builder,
               const JsonKeys& keys, const JsonLimits& limits) {
  std::string_view read = text;
  if (!has_room) {
    scratch.padded.assign(text).append(simdjson::SIMDJSON_PADDING, ' ');
    read = std::string_view(scratch.padded).substr(0, text.size());
  }
  ondemand::document document;
  if (scratch.parser.allocate(read.size(), limits.max_depth + 1)) return false;
  const std::size_t with_room = read.size() + simdjson::SIMDJSON_PADDING;
  if (scratch.parser.iterate(read.data(), read.size(), with_room).get(document)) return false;
  return Picker(read, builder, keys, limits).pick(document);
}

}  // namespace

Result<JsonDocument> pick_json(const std::string& bytes, const JsonKeys& keys,
                               const JsonLimits& limits) {
  std::string_view text = bytes;
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool is_container =
      first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
  if (!is_container || text.size() > std::min(limits.max_bytes, max_picked_bytes))
    return read_json(bytes, limits);
  const bool has_room = bytes.capacity() - bytes.size() >= simdjson::SIMDJSON_PADDING;
  JsonDocumentBuilder builder(text.data());
  bool is_picked = false;
  if (text.size() > max_shared_bytes) {
    Scratch scratch;
    is_picked = pick_with(scratch, text, has_room, builder, keys, limits);
  } else {
    thread_local Scratch scratch;
    is_picked = pick_with(scratch, text, has_room, builder, keys, limits);
  }
  return is_picked ? Result<JsonDocument>(builder.finish()) : read_json(bytes, limits);
}

}  // namespace testigo::formats
