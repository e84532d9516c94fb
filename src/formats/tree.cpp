#include "formats/tree.h"

#include <algorithm>
#include <cassert>

namespace testigo::formats {

bool Node::is_element(std::string_view wanted) const { return is_element() && name() == wanted; }

std::optional<std::string_view> Node::attribute(std::string_view wanted) const {
  if (!tree_) return {};
  const Tree::Entry& entry = tree_->nodes_[id_];
  for (std::uint32_t i = 0; i < entry.attribute_count; ++i) {
    const Tree::AttributeEntry& found = tree_->attributes_[entry.first_attribute + i];
    if (tree_->names_[found.name] == wanted) return tree_->view(found.value);
  }
  return {};
}

std::optional<std::string_view> Node::attribute(std::string_view space,
                                                std::string_view wanted) const {
  if (!tree_) return {};
  const Tree::Entry& entry = tree_->nodes_[id_];
  for (std::uint32_t i = 0; i < entry.attribute_count; ++i) {
    const Tree::AttributeEntry& found = tree_->attributes_[entry.first_attribute + i];
    if (tree_->names_[found.name] == wanted && tree_->names_[found.name_space] == space)
      return tree_->view(found.value);
  }
  return {};
}

std::vector<Node::Attribute> Node::attributes() const {
  std::vector<Attribute> out;
  if (!tree_) return out;
  const Tree::Entry& entry = tree_->nodes_[id_];
  out.reserve(entry.attribute_count);
  for (std::uint32_t i = 0; i < entry.attribute_count; ++i) {
    const Tree::AttributeEntry& found = tree_->attributes_[entry.first_attribute + i];
    out.push_back(
        {tree_->names_[found.name], tree_->names_[found.name_space], tree_->view(found.value)});
  }
  return out;
}

Node Node::child(std::string_view wanted) const {
  for (const Node node : children()) {
    if (node.is_element(wanted)) return node;
  }
  return {};
}

Node Node::find(std::string_view wanted) const {
  for (const Node node : descendants()) {
    if (node.is_element(wanted)) return node;
  }
  return {};
}

std::string Node::text_content() const {
  if (kind() == NodeKind::text) return std::string(text());
  std::string out;
  for (const Node node : descendants()) out += node.text();
  return out;
}

Node Tree::root() const {
  for (const Node node : document().children()) {
    if (node.is_element()) return node;
  }
  return {};
}

TreeBuilder::TreeBuilder(std::size_t document_bytes) {
  constexpr std::size_t bytes_per_node = 24;  // of pages and feeds, about
  tree_.pool_.reserve(document_bytes);
  tree_.nodes_.reserve(document_bytes / bytes_per_node + 1);
  tree_.nodes_.emplace_back();
  open_.push_back(0);
}

std::uint32_t TreeBuilder::intern(std::string_view name) {
  if (name.empty()) return 0;
  const auto first = static_cast<unsigned char>(name.front());
  const auto last = static_cast<unsigned char>(name.back());
  std::uint32_t& recent = recent_[(name.size() * 37 + first * 5 + last) % recent_.size()];
  if (tree_.names_[recent] == name) return recent;
  const auto [found, is_new] =
      interned_.try_emplace(std::string(name), static_cast<std::uint32_t>(tree_.names_.size()));
  if (is_new) tree_.names_.emplace_back(name);
  return recent = found->second;
}

Tree::Slice TreeBuilder::store(std::string_view text) {
  const Tree::Slice slice{static_cast<std::uint32_t>(tree_.pool_.size()),
                          static_cast<std::uint32_t>(text.size())};
  tree_.pool_ += text;
  return slice;
}

void TreeBuilder::open(std::string_view name, std::string_view namespace_uri) {
  Tree::Entry entry;
  entry.kind = NodeKind::element;
  entry.name = intern(name);
  entry.name_space = intern(namespace_uri);
  entry.parent = open_.back();
  entry.first_attribute = static_cast<std::uint32_t>(tree_.attributes_.size());
  open_.push_back(static_cast<std::uint32_t>(tree_.nodes_.size()));
  tree_.nodes_.push_back(entry);
}

void TreeBuilder::attribute(std::string_view name, std::string_view value,
                            std::string_view namespace_uri) {
  assert(open_.back() + 1 == tree_.nodes_.size() && "attributes come right after their open()");
  tree_.attributes_.push_back({intern(name), intern(namespace_uri), store(value)});
  ++tree_.nodes_[open_.back()].attribute_count;
}

void TreeBuilder::text(std::string_view text) {
  Tree::Entry& last = tree_.nodes_.back();
  if (last.kind == NodeKind::text && last.parent == open_.back() &&
      last.text.begin + last.text.length == tree_.pool_.size()) {
    last.text.length += store(text).length;
    return;
  }
  Tree::Entry entry;
  entry.kind = NodeKind::text;
  entry.parent = open_.back();
  entry.end = static_cast<std::uint32_t>(tree_.nodes_.size()) + 1;
  entry.text = store(text);
  tree_.nodes_.push_back(entry);
}

void TreeBuilder::close() {
  assert(open_.size() > 1 && "close() without its open()");
  tree_.nodes_[open_.back()].end = static_cast<std::uint32_t>(tree_.nodes_.size());
  open_.pop_back();
}

Tree TreeBuilder::finish() {
  while (open_.size() > 1) {
    tree_.nodes_[open_.back()].unclosed = true;
    close();
  }
  tree_.nodes_[0].end = static_cast<std::uint32_t>(tree_.nodes_.size());
  return std::move(tree_);
}

}  // namespace testigo::formats
