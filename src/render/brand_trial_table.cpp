#include "render/brand_trial_table.h"

#include "formats/json_writer.h"
#include "render/estimates.h"
#include "render/explain.h"
#include "render/figures.h"
#include "render/table.h"

namespace testigo::render {
namespace {

using insight::TrialPost;
using insight::TrialResult;
using insight::TrialTerm;
using insight::TrialTopic;

std::string posts_text(const std::string& heading, const std::vector<TrialPost>& posts,
                       const Terminal& terminal) {
  if (posts.empty()) return {};
  std::string out = "\n" + heading + "\n";
  for (const TrialPost& post : posts)
    out += "  " + excerpt(post.text, post.hits, terminal.width - 4, terminal) + "\n";
  return out;
}

std::string terms_text(const std::vector<TrialTerm>& terms, const Terminal& terminal) {
  if (terms.size() < 2) return {};
  Table table;
  table.columns = {{"alternative", Align::left, true},
                   {"catches", Align::right, false},
                   {"it alone", Align::right, false}};
  for (const TrialTerm& term : terms)
    table.rows.push_back({{term.term, term.caught == 0 ? Style::dim : Style::plain},
                          {grouped(term.caught), Style::plain},
                          {grouped(term.alone), Style::plain}});
  return "\n" + render_table(table, terminal);
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

std::string topics_text(const std::vector<TrialTopic>& topics, const Terminal& terminal) {
  if (topics.empty()) return {};
  Table table;
  table.columns = {{"about", Align::left, false},
                   {"posts", Align::right, false},
                   {"no second sign", Align::right, false},
                   {"such as", Align::left, true}};
  for (const TrialTopic& topic : topics)
    table.rows.push_back({{joined(topic.words), Style::plain},
                          {grouped(topic.posts), Style::plain},
                          {grouped(topic.weak), topic.weak > 0 ? Style::bad : Style::plain},
                          {topic.example.text, Style::dim}});
  return "\nwhat the caught are about:\n" + render_table(table, terminal);
}

void append_posts(formats::JsonWriter& json, const std::vector<TrialPost>& posts) {
  json.begin_array();
  for (const TrialPost& post : posts)
    json.begin_object().field("where", post.where).field("text", post.text).end_object();
  json.end_array();
}

std::string posts_json(const std::vector<TrialPost>& posts) {
  formats::JsonWriter json;
  append_posts(json, posts);
  return json.take();
}

std::string terms_json(const std::vector<TrialTerm>& terms) {
  formats::JsonWriter json;
  json.begin_array();
  for (const TrialTerm& term : terms) {
    json.begin_object().field("term", term.term);
    json.field("caught", term.caught).field("alone", term.alone).end_object();
  }
  return json.end_array().take();
}

std::string topics_json(const std::vector<TrialTopic>& topics) {
  formats::JsonWriter json;
  json.begin_array();
  for (const TrialTopic& topic : topics) {
    json.begin_object().key("words").begin_array();
    for (const std::string& word : topic.words) json.string(word);
    json.end_array().field("posts", topic.posts).field("weak", topic.weak);
    json.field("example", topic.example.text).end_object();
  }
  return json.end_array().take();
}

}  // namespace

std::string render_brand_trial(const std::string& query, const TrialResult& result,
                               const Terminal& terminal) {
  std::string out = "read as  " + query + "\ncatches  " + std::to_string(result.caught) + " of " +
                    std::to_string(result.looked_at) + " posts\n";
  if (result.noise)
    out += "noise    at most " + share_figure(result.noise) + " " + share_interval(result.noise) +
           ": " + grouped(result.weak) + " of them have no second sign of the brand\n";
  out += terms_text(result.terms, terminal) + topics_text(result.topics, terminal);
  out += posts_text("caught:", result.examples, terminal);
  out += posts_text("caught without a second sign of the brand:", result.weak_examples, terminal);
  return out +
         posts_text("not caught, though a word of the query stands in " +
                        (result.near_count == 1 ? std::string("it:")
                                                : "these " + grouped(result.near_count) + ":"),
                    result.near, terminal);
}

Rows brand_trial_rows(const std::string& query, const TrialResult& result) {
  Rows rows;
  rows.columns = {"query",        "looked_at",  "caught",    "weak",  "noise",
                  "noise_low",    "noise_high", "near",      "terms", "topics",
                  "caught_posts", "weak_posts", "near_posts"};
  std::vector<Value> values = {query, result.looked_at, result.caught, result.weak};
  append_estimate(values, result.noise);
  values.insert(
      values.end(),
      {Value(result.near_count), Value(RawJson{terms_json(result.terms)}),
       Value(RawJson{topics_json(result.topics)}), Value(RawJson{posts_json(result.examples)}),
       Value(RawJson{posts_json(result.weak_examples)}), Value(RawJson{posts_json(result.near)})});
  rows.rows.push_back(std::move(values));
  return rows;
}

}  // namespace testigo::render
