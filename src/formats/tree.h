#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace testigo::formats {

class Tree;

enum class NodeKind : std::uint8_t { document, element, text };

// A handle on one node of a Tree; the tree must outlive it and stay where it is. A handle that
// leads nowhere (the parent of the document, the sibling of the last child) is false, and may be
// asked anything: it has no name, no text, no children.
class Node {
 public:
  Node() = default;
  Node(const Tree* tree, std::uint32_t id) : tree_(tree), id_(id) {}

  explicit operator bool() const { return tree_ != nullptr; }
  [[nodiscard]] std::uint32_t id() const { return id_; }  // document order; 0 is the document
  [[nodiscard]] NodeKind kind() const;
  [[nodiscard]] bool is_element() const { return kind() == NodeKind::element; }
  [[nodiscard]] bool is_element(std::string_view name) const;
  // Whether the document ended within it. Of XML alone: HTML closes what is open.
  [[nodiscard]] bool is_unclosed() const;

  // Of an element: its local name, in HTML lower-case. Empty for others.
  [[nodiscard]] std::string_view name() const;
  // Of an element of XML: its namespace; empty without one, and in HTML.
  [[nodiscard]] std::string_view namespace_uri() const;
  // Of a text node: its text, entities decoded.
  [[nodiscard]] std::string_view text() const;

  // By local name, in HTML lower-case. An attribute without value has the value "".
  [[nodiscard]] std::optional<std::string_view> attribute(std::string_view name) const;
  [[nodiscard]] std::optional<std::string_view> attribute(std::string_view namespace_uri,
                                                          std::string_view name) const;
  struct Attribute {
    std::string_view name;
    std::string_view namespace_uri;
    std::string_view value;
  };
  [[nodiscard]] std::vector<Attribute> attributes() const;

  [[nodiscard]] Node parent() const;
  [[nodiscard]] Node first_child() const;
  [[nodiscard]] Node next_sibling() const;

  class Range;
  // The children, or everything below this node in document order: for (Node n : x.children()).
  [[nodiscard]] Range children() const;
  [[nodiscard]] Range descendants() const;

  // The first child element, or descendant element, of that name.
  [[nodiscard]] Node child(std::string_view name) const;
  [[nodiscard]] Node find(std::string_view name) const;

  // All text below, as it stands (the DOM's textContent).
  [[nodiscard]] std::string text_content() const;

  friend bool operator==(const Node&, const Node&) = default;

 private:
  const Tree* tree_ = nullptr;
  std::uint32_t id_ = 0;
};

class Node::Range {
 public:
  class Iterator {
   public:
    using value_type = Node;
    using difference_type = std::ptrdiff_t;
    Iterator() = default;
    Iterator(const Tree* tree, std::uint32_t id, bool siblings)
        : tree_(tree), id_(id), siblings_(siblings) {}
    Node operator*() const { return {tree_, id_}; }
    Iterator& operator++();
    Iterator operator++(int) {
      Iterator old = *this;
      ++*this;
      return old;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.id_ == b.id_; }

   private:
    const Tree* tree_ = nullptr;
    std::uint32_t id_ = 0;
    bool siblings_ = false;
  };
  Range(const Tree* tree, std::uint32_t first, std::uint32_t end, bool siblings)
      : tree_(tree), first_(first), end_(end), siblings_(siblings) {}
  [[nodiscard]] Iterator begin() const { return {tree_, first_, siblings_}; }
  [[nodiscard]] Iterator end() const { return {tree_, end_, siblings_}; }
  [[nodiscard]] bool empty() const { return first_ == end_; }

 private:
  const Tree* tree_;
  std::uint32_t first_;
  std::uint32_t end_;
  bool siblings_;
};

// An owning tree of elements and texts, of HTML or XML alike. Nodes lie in one vector in document
// order, their texts in one string: a few dozen bytes a node, freed at once. Comments, doctypes and
// processing instructions are left out.
class Tree {
 public:
  [[nodiscard]] Node document() const { return {this, 0}; }
  // The first element: <html>, <rss>, …
  [[nodiscard]] Node root() const;
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] Node node(std::uint32_t id) const { return {this, id}; }

 private:
  friend class Node;
  friend class Node::Range::Iterator;
  friend class TreeBuilder;

  struct Slice {
    std::uint32_t begin = 0;
    std::uint32_t length = 0;
  };
  struct Entry {
    NodeKind kind = NodeKind::document;
    bool unclosed = false;
    std::uint32_t name = 0;  // in names_
    std::uint32_t name_space = 0;
    std::uint32_t parent = 0;
    std::uint32_t end = 0;  // one past the last descendant
    std::uint32_t first_attribute = 0;
    std::uint32_t attribute_count = 0;
    Slice text;
  };
  struct AttributeEntry {
    std::uint32_t name = 0;
    std::uint32_t name_space = 0;
    Slice value;
  };
  [[nodiscard]] std::string_view view(Slice slice) const {
    return std::string_view(pool_).substr(slice.begin, slice.length);
  }

  std::vector<Entry> nodes_;
  std::vector<AttributeEntry> attributes_;
  std::vector<std::string> names_{std::string()};
  std::string pool_;
};

// What walks a tree, in the header for speed.

inline NodeKind Node::kind() const { return tree_ ? tree_->nodes_[id_].kind : NodeKind::document; }

inline bool Node::is_unclosed() const { return tree_ && tree_->nodes_[id_].unclosed; }

inline std::string_view Node::name() const {
  return tree_ ? std::string_view(tree_->names_[tree_->nodes_[id_].name]) : std::string_view();
}

inline std::string_view Node::namespace_uri() const {
  return tree_ ? std::string_view(tree_->names_[tree_->nodes_[id_].name_space])
               : std::string_view();
}

inline std::string_view Node::text() const {
  return tree_ ? tree_->view(tree_->nodes_[id_].text) : std::string_view();
}

inline Node Node::parent() const {
  return tree_ && id_ != 0 ? Node(tree_, tree_->nodes_[id_].parent) : Node();
}

inline Node Node::first_child() const {
  return tree_ && tree_->nodes_[id_].end > id_ + 1 ? Node(tree_, id_ + 1) : Node();
}

inline Node Node::next_sibling() const {
  if (!tree_ || id_ == 0) return {};
  const Tree::Entry& entry = tree_->nodes_[id_];
  return entry.end < tree_->nodes_[entry.parent].end ? Node(tree_, entry.end) : Node();
}

inline Node::Range Node::children() const {
  if (!tree_) return {nullptr, 0, 0, true};
  return {tree_, id_ + 1, tree_->nodes_[id_].end, true};
}

inline Node::Range Node::descendants() const {
  if (!tree_) return {nullptr, 0, 0, false};
  return {tree_, id_ + 1, tree_->nodes_[id_].end, false};
}

inline Node::Range::Iterator& Node::Range::Iterator::operator++() {
  id_ = siblings_ ? tree_->nodes_[id_].end : id_ + 1;
  return *this;
}

// Makes a tree from events in document order. For the parsers in this room and for tests.
class TreeBuilder {
 public:
  // `document_bytes`: how long the document is that the tree is of, where that is known.
  explicit TreeBuilder(std::size_t document_bytes = 0);
  void open(std::string_view name, std::string_view namespace_uri = {});
  void attribute(std::string_view name, std::string_view value,
                 std::string_view namespace_uri = {});
  void text(std::string_view text);  // joined with a text just before it
  void close();
  [[nodiscard]] std::size_t size() const { return tree_.nodes_.size(); }
  [[nodiscard]] std::size_t bytes() const { return tree_.pool_.size(); }
  // What is still open ends with the document.
  [[nodiscard]] Tree finish();

 private:
  [[nodiscard]] std::uint32_t intern(std::string_view name);
  [[nodiscard]] Tree::Slice store(std::string_view text);

  Tree tree_;
  std::vector<std::uint32_t> open_;
  std::unordered_map<std::string, std::uint32_t> interned_;
  std::array<std::uint32_t, 64> recent_{};  // names by their ends: most stand again and again
};

}  // namespace testigo::formats
