#pragma once

#include <charconv>
#include <string>

namespace testigo::store {

// A JSON array (RFC 8259 §5) that is written item by item into a text that was empty; "]" ends it.

inline void begin_item(std::string& out) { out += out.empty() ? '[' : ','; }

template <class Number>
void append_number(std::string& out, Number number) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  out.append(buffer, end);
}

}  // namespace testigo::store
