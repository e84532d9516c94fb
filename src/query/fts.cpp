#include "query/fts.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "query/filter.h"
#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::query {
namespace {

constexpr std::size_t max_near_pairs = 64;  // (a OR b) NEAR (c OR d) is written out in pairs

// A filter as one token: blanks would part it.
void append_filter(std::string& tokens, FilterField field, std::string_view value) {
  const auto begin = static_cast<std::ptrdiff_t>(tokens.size());
  tokens.append(1, ':').append(to_string(field)).append(1, ':').append(text::fold(value));
  std::replace_if(
      tokens.begin() + begin, tokens.end(), [](unsigned char c) { return c <= ' '; }, '_');
}

std::string filter_token(FilterField field, std::string_view value) {
  std::string token;
  append_filter(token, field, value);
  return token;
}

bool has_token(FilterField field) {
  return field != FilterField::author && field != FilterField::rating &&
         field != FilterField::since && field != FilterField::until;
}

std::string quoted(std::string_view tokens) {
  std::string out = "\"";
  for (const char c : tokens) {
    out += c;
    if (c == '"') out += '"';
  }
  return out + "\"";
}

// An FTS5 expression for a part of a query. It never misses a row that the part matches.
struct Part {
  std::string expression;
  bool everything = false;  // no expression: the part says nothing that FTS5 can test
  bool exact = true;        // false: some rows that it finds the part does not match
};
constexpr auto untestable = [] {
  return Part{.expression = {}, .everything = true, .exact = false};
};

bool is_plain_word(const Node& node) {
  return node.kind == Node::Kind::phrase && node.words.size() == 1 && !node.words[0].prefix &&
         node.words[0].kind == WordKind::any && node.words[0].exact.empty();
}

std::string phrase_expression(const std::vector<Word>& words) {
  std::string tokens;
  for (const auto& word : words) tokens.append(tokens.empty() ? "" : " ").append(word.folded);
  return quoted(tokens) + (words.back().prefix ? " *" : "");
}

Part phrase_part(const std::vector<Word>& words) {
  const bool folded_only = std::all_of(words.begin(), words.end(), [](const Word& word) {
    return word.kind == WordKind::any && word.exact.empty();
  });
  return {.expression = phrase_expression(words), .everything = false, .exact = folded_only};
}

Part compile(const Node& node);

// A pair of NOTs is none.
const Node& without_double_not(const Node& node) {
  const bool doubled =
      node.kind == Node::Kind::none_of && node.children.front().kind == Node::Kind::none_of;
  return doubled ? without_double_not(node.children.front().children.front()) : node;
}

std::vector<const Node*> phrases_of(const Node& node) {
  if (node.kind == Node::Kind::phrase) return {&node};
  std::vector<const Node*> phrases;
  if (node.kind != Node::Kind::any_of) return phrases;
  for (const auto& child : node.children) {
    const auto some = phrases_of(child);
    if (some.empty()) return {};
    phrases.insert(phrases.end(), some.begin(), some.end());
  }
  return phrases;
}

Part both(const Node& node) {
  return {.expression = "(" + compile(node.children[0]).expression + " AND " +
                        compile(node.children[1]).expression + ")",
          .everything = false,
          .exact = false};
}

// FTS5's NEAR takes phrases only, either order, and may count one occurrence for both.
Part near_part(const Node& node) {
  const auto lefts = phrases_of(node.children[0]);
  const auto rights = phrases_of(node.children[1]);
  if (lefts.empty() || rights.empty() || lefts.size() * rights.size() > max_near_pairs)
    return both(node);
  Part part;
  part.exact = !node.ordered;
  for (const Node* left : lefts) {
    for (const Node* right : rights) {
      part.expression += (part.expression.empty() ? "(" : " OR ");
      part.expression += "NEAR(" + phrase_expression(left->words) + " " +
                         phrase_expression(right->words) + ", " + std::to_string(node.distance) +
                         ")";
      part.exact = part.exact && is_plain_word(*left) && is_plain_word(*right) &&
                   left->words[0].folded != right->words[0].folded;
    }
  }
  part.expression += ")";
  return part;
}

// `found` AND NOT each of `excluded`, or a superset where that cannot be said.
Part excluding(Part found, const std::vector<Part>& excluded) {
  for (const Part& part : excluded) {
    if (found.everything || part.everything || !part.exact) {
      found.exact = false;
      continue;
    }
    found.expression = "(" + found.expression + " NOT " + part.expression + ")";
  }
  return found;
}

Part all_part(const std::vector<Node>& children) {
  std::vector<Part> excluded;
  Part found = untestable();
  bool exact = true;
  std::string joined;
  int count = 0;
  for (const auto& written : children) {
    const Node& child = without_double_not(written);
    if (child.kind == Node::Kind::none_of) {
      excluded.push_back(compile(child.children.front()));
      continue;
    }
    const Part part = compile(child);
    exact = exact && part.exact;
    if (part.everything) continue;
    joined += (count++ == 0 ? "" : " AND ") + part.expression;
  }
  if (count > 0)
    found = {
        .expression = count > 1 ? "(" + joined + ")" : joined, .everything = false, .exact = exact};
  return excluding(std::move(found), excluded);
}

Part any_part(const std::vector<Node>& children) {
  Part found;
  for (const auto& child : children) {
    const Part part = compile(child);
    if (part.everything) return untestable();
    found.expression += (found.expression.empty() ? "(" : " OR ") + part.expression;
    found.exact = found.exact && part.exact;
  }
  found.expression += ")";
  return found;
}

Part compile(const Node& node) {
  switch (node.kind) {
    case Node::Kind::phrase:
      return phrase_part(node.words);
    case Node::Kind::filter:
      if (!has_token(node.filter.field)) return untestable();
      return {.expression = quoted(filter_token(node.filter.field, node.filter.value)),
              .everything = false,
              .exact = true};
    case Node::Kind::near:
      return near_part(node);
    case Node::Kind::all_of:
      return all_part(node.children);
    case Node::Kind::any_of:
      return any_part(node.children);
    case Node::Kind::none_of: {
      const Node& inner = without_double_not(node);
      return inner.kind == Node::Kind::none_of ? untestable() : compile(inner);
    }
  }
  return untestable();
}

bool is_condition(const Node& node) {
  return node.kind == Node::Kind::filter && !has_token(node.filter.field);
}

// Moves the conditions that every match must satisfy out of a conjunction, however it is bracketed.
void lift(const Node& node, std::vector<Condition>& conditions, std::vector<Node>& rest) {
  if (is_condition(node)) {
    conditions.push_back(node.filter);
  } else if (node.kind == Node::Kind::all_of) {
    for (const auto& child : node.children) lift(child, conditions, rest);
  } else {
    rest.push_back(node);
  }
}

void append_token(std::string& tokens, FilterField field, std::string_view value) {
  if (value.empty()) return;
  if (!tokens.empty()) tokens += ' ';
  append_filter(tokens, field, value);
}

// "es-MX" is found as es and as es-mx.
void append_language(std::string& tokens, std::string_view language) {
  for (std::size_t end = 0; end != std::string_view::npos;) {
    end = language.find('-', end == 0 ? 0 : end + 1);
    append_token(tokens, FilterField::lang, language.substr(0, end));
  }
}

// "shop.acme.example" is found as itself and as each domain above.
void append_site(std::string& tokens, std::string_view host) {
  while (!host.empty()) {
    append_token(tokens, FilterField::site, host);
    const auto dot = host.find('.');
    host = dot == std::string_view::npos ? std::string_view() : host.substr(dot + 1);
  }
}

template <class Value>
void append_axis(std::string& tokens, FilterField field, const std::optional<Value>& value) {
  if (value) append_token(tokens, field, to_string(*value));
}

}  // namespace

std::string fts_tokenizer() {
  // All printable ASCII but letters and digits; in the DDL's string a ' is doubled, and once more
  // within the option's own quotes.
  return R"sql("ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_`{|}~'")sql";
}

FtsRow fts_row(const Document& document, const Facts& facts) {
  FtsRow row;
  std::size_t bytes = 0;
  for (const auto& place : document.own_places()) bytes += place.folded.size() + 1;
  row.words.reserve(bytes);
  constexpr std::size_t usual_filter_bytes = 200;  // a dozen names of fields and values
  row.filters.reserve(usual_filter_bytes);
  for (const auto& place : document.own_places()) {
    if (!row.words.empty()) row.words += ' ';
    row.words += place.folded;
  }
  if (facts.language) append_language(row.filters, *facts.language);
  append_token(row.filters, FilterField::source, facts.source.value);
  append_token(row.filters, FilterField::brand, facts.brand.value);
  append_axis(row.filters, FilterField::tag, facts.tag);
  append_axis(row.filters, FilterField::polarity, facts.polarity);
  append_axis(row.filters, FilterField::act, facts.act);
  append_axis(row.filters, FilterField::stage, facts.stage);
  append_axis(row.filters, FilterField::intent, facts.intent);
  for (const auto& theme : facts.themes) append_token(row.filters, FilterField::theme, theme);
  if (facts.url) append_site(row.filters, host_of(*facts.url));
  return row;
}

FtsPlan compile_fts(const Query& query) {
  FtsPlan plan;
  std::vector<Node> rest;
  lift(query.root, plan.conditions, rest);
  if (rest.empty()) return plan;
  const Part part = all_part(rest);
  plan.match = part.expression;
  plan.recheck = !part.exact;
  return plan;
}

std::string match_with(const std::string& match, FilterField field,
                       std::span<const std::string_view> values) {
  std::string any;
  for (const std::string_view value : values)
    any += (any.empty() ? "" : " OR ") + quoted(filter_token(field, value));
  return "(" + match + ") AND (" + any + ")";
}

}  // namespace testigo::query
