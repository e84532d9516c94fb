#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "extract/page_measure.h"
#include "formats/tree.h"

namespace testigo::extract {

// What belongs to one contribution on a page: the element around it, what stands beside that and
// tells of it, and none of what answers it.
class OwnNodes {
 public:
  // `beside` and `replies` (below `item`) in document order; they and the measures must outlive
  // this.
  OwnNodes(formats::Node item, std::span<const formats::Node> beside,
           std::span<const formats::Node> replies, const Measures& measures)
      : item_(item), beside_(beside), replies_(replies), measures_(measures) {}

  // Nodes within that are another's words, ascending: they count no more.
  void leave_out(std::vector<formats::Node> nodes) { left_out_ = std::move(nodes); }

  [[nodiscard]] formats::Node item() const { return item_; }
  [[nodiscard]] const Measures& measures() const { return measures_; }
  [[nodiscard]] const Measure& of(formats::Node node) const { return measures_[node.id()]; }

  [[nodiscard]] bool is_within(formats::Node node, formats::Node outer) const {
    return node && outer && node.id() >= outer.id() && node.id() < of(outer).end;
  }
  // Whether a node within the item, or of what stands beside it, is no answer's.
  [[nodiscard]] bool has(formats::Node node) const {
    if (!is_within(node, item_)) return is_in(beside_, node);
    return !is_in(replies_, node) && !is_in(left_out_, node);
  }
  // Whether here begins what answers the contribution.
  [[nodiscard]] bool is_reply(formats::Node node) const {
    return std::binary_search(replies_.begin(), replies_.end(), node, before) ||
           std::binary_search(left_out_.begin(), left_out_.end(), node, before);
  }
  [[nodiscard]] bool holds_reply(formats::Node node) const {
    const auto next = std::lower_bound(replies_.begin(), replies_.end(), node, before);
    return next != replies_.end() && is_within(*next, node);
  }
  [[nodiscard]] formats::Node first() const {
    return beside_.empty() || before(item_, beside_.front()) ? item_ : beside_.front();
  }
  // One past the id of the last node.
  [[nodiscard]] std::uint32_t end() const {
    return std::max(of(item_).end, beside_.empty() ? 0 : of(beside_.back()).end);
  }

  // Each element below the item, its replies left out; `each` says whether to look inside.
  template <typename Each>
  void for_each_inner(Each each) const {
    walk(item_, each);
  }
  // The same, with what stands beside it, in document order.
  template <typename Each>
  void for_each(Each each) const {
    auto next = beside_.begin();
    for (; next != beside_.end() && next->id() < item_.id(); ++next) walk_whole(*next, each);
    walk(item_, each);
    for (; next != beside_.end(); ++next) walk_whole(*next, each);
  }

  static bool before(formats::Node a, formats::Node b) { return a.id() < b.id(); }

 private:
  [[nodiscard]] bool is_in(std::span<const formats::Node> nodes, formats::Node node) const {
    const auto next = std::upper_bound(nodes.begin(), nodes.end(), node, before);
    return next != nodes.begin() && is_within(node, *(next - 1));
  }

  template <typename Each>
  void walk_whole(formats::Node root, Each& each) const {
    if (each(root)) walk(root, each);
  }

  template <typename Each>
  void walk(formats::Node root, Each& each) const {
    formats::Node node = root.first_child();
    while (node) {
      const bool own = node.is_element() && !of(node).unseen && !is_reply(node);
      if (own && each(node) && node.first_child()) {
        node = node.first_child();
        continue;
      }
      while (node && node != root && !node.next_sibling()) node = node.parent();
      if (!node || node == root) return;
      node = node.next_sibling();
    }
  }

  formats::Node item_;
  std::span<const formats::Node> beside_;
  std::span<const formats::Node> replies_;
  std::vector<formats::Node> left_out_;
  const Measures& measures_;
};

}  // namespace testigo::extract
