#include "query/parse.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "query/filter.h"
#include "query/lexer.h"
#include "text/utf8.h"

namespace testigo::query {
namespace {

using Kind = Lexeme::Kind;

// One operand of a conjunction and whether an AND was written before it.
struct Operand {
  Node node;
  bool written_and = false;
};
using Alternative = std::vector<Operand>;

Node group(Node::Kind kind, std::vector<Node> children) {
  if (children.size() == 1) return std::move(children.front());
  Node node;
  node.kind = kind;
  node.children = std::move(children);
  return node;
}

Node conjunction(Alternative operands) {
  std::vector<Node> nodes;
  nodes.reserve(operands.size());
  for (auto& operand : operands) nodes.push_back(std::move(operand.node));
  return group(Node::Kind::all_of, std::move(nodes));
}

// Filters and NOTs narrow what stands beside them; words say what is looked for.
bool narrows(const Node& node) {
  switch (node.kind) {
    case Node::Kind::filter:
    case Node::Kind::none_of:
      return true;
    case Node::Kind::all_of:
    case Node::Kind::any_of:
      return std::all_of(node.children.begin(), node.children.end(), narrows);
    default:
      return false;
  }
}

std::ptrdiff_t count_narrowing(const Alternative& operands) {
  return std::count_if(operands.begin(), operands.end(),
                       [](const Operand& operand) { return narrows(operand.node); });
}

// How many operands at the end narrow without a written AND.
std::ptrdiff_t narrowing_at_end(const Alternative& operands) {
  std::ptrdiff_t count = 0;
  for (auto it = operands.rbegin(); it != operands.rend(); ++it, ++count)
    if (!narrows(it->node) || it->written_and) break;
  return count;
}

std::ptrdiff_t narrowing_at_begin(const Alternative& operands) {
  std::ptrdiff_t count = 0;
  for (std::size_t i = 0; i < operands.size(); ++i, ++count)
    if (!narrows(operands[i].node) || (i + 1 < operands.size() && operands[i + 1].written_and))
      break;
  return count;
}

// The exception of the header: what narrows at one outer edge of an OR narrows all of it. Takes
// those operands out of the alternatives.
Alternative take_narrowing(std::vector<Alternative>& alternatives) {
  std::ptrdiff_t all = 0;
  for (const auto& alternative : alternatives) all += count_narrowing(alternative);
  const auto take = [all](Alternative& edge, std::ptrdiff_t count, bool at_end) {
    Alternative taken;
    if (count == 0 || count != all || count == std::ssize(edge)) return taken;
    const auto first = at_end ? edge.end() - count : edge.begin();
    std::move(first, first + count, std::back_inserter(taken));
    edge.erase(first, first + count);
    return taken;
  };
  auto taken = take(alternatives.back(), narrowing_at_end(alternatives.back()), true);
  if (taken.empty())
    taken = take(alternatives.front(), narrowing_at_begin(alternatives.front()), false);
  return taken;
}

bool can_be_near(const Node& node) {
  if (node.kind == Node::Kind::phrase || node.kind == Node::Kind::near) return true;
  return node.kind == Node::Kind::any_of &&
         std::all_of(node.children.begin(), node.children.end(), can_be_near);
}

// Recursive descent, one function a level of binding.
class Parser {
 public:
  Parser(std::string_view text, std::vector<Lexeme> lexemes)
      : text_(text), lexemes_(std::move(lexemes)) {}

  Result<Node> run() {
    if (lexemes_.empty()) return fail(error_at(text_, 0, 0, "the query is empty"));
    auto root = alternatives(0);
    if (root && at_ < lexemes_.size()) return fail(error_here("')' without '(' before it"));
    return root;
  }

 private:
  [[nodiscard]] bool at(Kind kind) const {
    return at_ < lexemes_.size() && lexemes_[at_].kind == kind;
  }
  [[nodiscard]] bool at_end() const { return at_ == lexemes_.size() || at(Kind::close); }

  [[nodiscard]] Error error_here(std::string_view what, Errc code = Errc::malformed) const {
    if (at_ >= lexemes_.size()) return error_at(text_, text_.size(), text_.size(), what, code);
    return error_at(text_, lexemes_[at_].begin, lexemes_[at_].end, what, code);
  }

  Result<Node> alternatives(int depth) {
    std::vector<Alternative> found;
    while (true) {
      auto operands = conjuncts(depth);
      if (!operands) return fail(std::move(operands).error());
      found.push_back(*std::move(operands));
      if (!at(Kind::or_op)) break;
      ++at_;
    }
    Alternative narrowing;
    if (found.size() > 1) narrowing = take_narrowing(found);
    std::vector<Node> nodes;
    nodes.reserve(found.size());
    for (auto& alternative : found) nodes.push_back(conjunction(std::move(alternative)));
    Node node = group(Node::Kind::any_of, std::move(nodes));
    if (narrowing.empty()) return node;
    narrowing.insert(narrowing.begin(), Operand{std::move(node), false});
    return conjunction(std::move(narrowing));
  }

  Result<Alternative> conjuncts(int depth) {
    Alternative operands;
    bool written_and = false;
    do {
      auto operand = negation(depth);
      if (!operand) return fail(std::move(operand).error());
      operands.push_back({*std::move(operand), written_and});
      written_and = at(Kind::and_op);
      if (written_and) ++at_;
    } while (written_and || (!at_end() && !at(Kind::or_op)));
    return operands;
  }

  Result<Node> negation(int depth) {
    if (depth > max_depth) return fail(too_deep());
    if (!at(Kind::not_op)) return proximity(depth);
    ++at_;
    auto inner = negation(depth + 1);
    if (!inner) return inner;
    Node node;
    node.kind = Node::Kind::none_of;
    node.children.push_back(*std::move(inner));
    return node;
  }

  Result<Node> proximity(int depth) {
    auto left = operand(depth);
    for (int chained = 1; left && at(Kind::near_op); ++chained) {
      if (depth + chained > max_depth) return fail(too_deep());
      const Lexeme& op = lexemes_[at_];
      if (!can_be_near(*left)) return fail(near_takes(op));
      ++at_;
      auto right = operand(depth);
      if (!right) return right;
      if (!can_be_near(*right)) return fail(near_takes(op));
      Node node;
      node.kind = Node::Kind::near;
      node.distance = op.distance;
      node.ordered = op.ordered;
      node.children.push_back(*std::move(left));
      node.children.push_back(*std::move(right));
      left = std::move(node);
    }
    return left;
  }

  Result<Node> operand(int depth) {
    if (at(Kind::term)) {
      if (++terms_ > max_terms)
        return fail(
            error_here("at most " + std::to_string(max_terms) + " terms", Errc::limit_exceeded));
      return std::move(lexemes_[at_++].term);
    }
    if (!at(Kind::open)) return fail(missing_operand());
    const Lexeme& open = lexemes_[at_++];
    if (at(Kind::close))
      return fail(
          error_at(text_, open.begin, lexemes_[at_].end, "there is nothing in the brackets"));
    auto inner = alternatives(depth + 1);
    if (!inner) return inner;
    if (!at(Kind::close))
      return fail(error_at(text_, open.begin, open.end, "'(' without ')' behind it"));
    ++at_;
    return inner;
  }

  [[nodiscard]] Error missing_operand() const {
    if (at_ == 0 && at(Kind::close)) return error_here("')' without '(' before it");
    if (at_ == 0)
      return error_here("the query begins with an operator; a term must stand before it");
    const Lexeme& before = lexemes_[at_ - 1];
    const std::string name(text_.substr(before.begin, before.end - before.begin));
    return error_at(text_, before.begin, before.end, "'" + name + "' needs a term behind it");
  }

  [[nodiscard]] Error too_deep() const {
    return error_here("too deep: at most " + std::to_string(max_depth) + " levels",
                      Errc::limit_exceeded);
  }

  [[nodiscard]] Error near_takes(const Lexeme& op) const {
    return error_at(text_, op.begin, op.end,
                    "NEAR and ONEAR join words, phrases and (a OR b) of them, nothing else");
  }

  std::string_view text_;
  std::vector<Lexeme> lexemes_;
  std::size_t at_ = 0;
  std::size_t terms_ = 0;
};

std::string show_phrase(const std::vector<Word>& words) {
  const WordKind kind = words.front().kind;
  const char joint = kind == WordKind::any ? ' ' : '-';  // "#acme-cloud" is one run
  std::string inner;
  for (const auto& word : words) {
    if (!inner.empty()) inner += joint;
    inner += word.exact.empty() ? word.folded : word.exact;
  }
  if (!words.front().exact.empty()) return "{" + inner + "}";
  if (words.back().prefix) inner += '*';
  if (kind == WordKind::hashtag) return "#" + inner;
  if (kind == WordKind::mention) return "@" + inner;
  return "\"" + inner + "\"";
}

std::string show_joined(const Node& node, std::string_view op) {
  std::string out = "(";
  for (const auto& child : node.children) {
    if (out.size() > 1) out.append(" ").append(op).append(" ");
    out += show(child);
  }
  return out + ")";
}

}  // namespace

Result<Query> parse_query(std::string_view text) {
  if (text.size() > max_query_bytes)
    return fail(Errc::limit_exceeded,
                "a query has at most " + std::to_string(max_query_bytes) + " bytes", "query:1");
  if (!text::is_valid_utf8(text)) return fail(Errc::malformed, "the query is not UTF-8", "query:1");
  auto lexemes = lex(text);
  if (!lexemes) return fail(std::move(lexemes).error());
  auto root = Parser(text, *std::move(lexemes)).run();
  if (!root) return fail(std::move(root).error());
  return Query{std::string(text), *std::move(root)};
}

std::string show(const Node& node) {
  switch (node.kind) {
    case Node::Kind::phrase:
      return show_phrase(node.words);
    case Node::Kind::filter:
      return std::string(to_string(node.filter.field)) + ":\"" + show_value(node.filter) + "\"";
    case Node::Kind::near:
      return show_joined(node, (node.ordered ? "ONEAR/" : "NEAR/") + std::to_string(node.distance));
    case Node::Kind::all_of:
      return show_joined(node, "AND");
    case Node::Kind::any_of:
      return show_joined(node, "OR");
    case Node::Kind::none_of:
      return "NOT " + show(node.children.front());
  }
  return {};
}

}  // namespace testigo::query
