#include "formats/html.h"

#include <algorithm>
#include <csetjmp>
#include <gumbo.h>
#include <optional>
#include <string>

#include "formats/gumbo_arena.h"
#include "formats/html_guard.h"
#include "formats/html_plain.h"
#include "text/normalize.h"

namespace testigo::formats {
namespace {

// Gumbo takes about 30 bytes of tree for one of page; a page of nothing but "<p>" 150, and one that
// makes it repeat its open formatting elements any number.
constexpr std::size_t max_arena_bytes = 512u << 20;

extern "C" void* allocate_in_arena(void* arena, std::size_t size) {
  return static_cast<GumboArena*>(arena)->allocate(size);
}
extern "C" void release_in_arena(void* arena, void* block) {
  static_cast<GumboArena*>(arena)->release(block);
}

// Null where the arena's bound was reached.
const GumboOutput* run_gumbo(std::string_view utf8, GumboArena& arena) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = allocate_in_arena;
  options.deallocator = release_in_arena;
  options.userdata = &arena;
  options.max_errors = 0;
  if (setjmp(arena.exhausted) != 0) return nullptr;
  return gumbo_parse_with_options(&options, utf8.data(), utf8.size());
}

// The page with numbers of characters ("&#99999999999;") cut to so many digits that they name none:
// Gumbo counts on beyond what its int holds, and writes what is no UTF-8. Nothing where there is no
// such number.
std::optional<std::string> without_endless_numbers(std::string_view utf8) {
  std::string out;
  std::size_t copied = 0;
  for (std::size_t at = utf8.find("&#"); at != std::string_view::npos;
       at = utf8.find("&#", at + 2)) {
    std::size_t digits = at + 2;
    const bool hexadecimal = utf8.substr(digits, 1) == "x" || utf8.substr(digits, 1) == "X";
    digits = std::min(utf8.find_first_not_of('0', digits + (hexadecimal ? 1 : 0)), utf8.size());
    const char* allowed = hexadecimal ? "0123456789abcdefABCDEF" : "0123456789";
    const std::size_t end = std::min(utf8.find_first_not_of(allowed, digits), utf8.size());
    const std::size_t enough = digits + (hexadecimal ? 7 : 8);  // beyond U+10FFFF, within an int
    if (end <= enough) continue;
    out.append(utf8.substr(copied, enough - copied));
    copied = end;
  }
  if (copied == 0) return std::nullopt;
  return out.append(utf8.substr(copied));
}

const GumboVector* children_of(const GumboNode& node) {
  switch (node.type) {
    case GUMBO_NODE_DOCUMENT:
      return &node.v.document.children;
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE:
      return &node.v.element.children;
    default:
      return nullptr;
  }
}

std::string element_name(const GumboElement& element) {
  if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
  GumboStringPiece written = element.original_tag;
  gumbo_tag_from_original_text(&written);
  return text::ascii_lower(written.data ? std::string_view(written.data, written.length)
                                        : std::string_view());
}

void open_element(const GumboElement& element, TreeBuilder& builder) {
  builder.open(element_name(element));
  for (unsigned i = 0; i < element.attributes.length; ++i) {
    const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
    builder.attribute(attribute->name, attribute->value);
  }
}

bool has_tag(const GumboNode& node) {
  return node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE;
}

bool has_text(const GumboNode& node) {
  return node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE ||
         node.type == GUMBO_NODE_CDATA;
}

// Walks by parents and indices: trees may be deeper than the stack.
Tree copy_tree(const GumboNode& document) {
  TreeBuilder builder;
  const GumboNode* node = &document;
  std::vector<unsigned> indices{0};
  while (true) {
    const GumboVector* children = children_of(*node);
    if (children && indices.back() < children->length) {
      node = static_cast<const GumboNode*>(children->data[indices.back()++]);
      indices.push_back(0);
      if (has_tag(*node)) open_element(node->v.element, builder);
      if (has_text(*node)) builder.text(node->v.text.text);
      continue;
    }
    indices.pop_back();
    if (indices.empty()) return builder.finish();
    if (has_tag(*node)) builder.close();
    node = node->parent;
  }
}

}  // namespace

Result<Tree> parse_html(std::string_view utf8, const HtmlLimits& limits) {
  if (utf8.size() > limits.max_bytes) {
    return fail(Errc::limit_exceeded, "The page has " + std::to_string(utf8.size()) +
                                          " bytes; at most " + std::to_string(limits.max_bytes) +
                                          " are read.");
  }
  if (limits.max_depth >= max_plain_depth) {
    if (std::optional<Tree> plain = parse_plain_html(utf8)) return *std::move(plain);
  }
  if (Result<void> shape = check_html_shape(utf8, limits); !shape) return fail(shape.error());
  const std::optional<std::string> mended = without_endless_numbers(utf8);
  GumboArena arena(max_arena_bytes);
  const GumboOutput* output = run_gumbo(mended ? *mended : utf8, arena);
  if (!output) {
    return fail(Errc::limit_exceeded, "The page takes more than " +
                                          std::to_string(max_arena_bytes >> 20) +
                                          " MB as a tree; it was not read.");
  }
  return copy_tree(*output->document);
}

}  // namespace testigo::formats
