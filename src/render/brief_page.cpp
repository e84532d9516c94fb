#include "render/brief_page.h"

#include "render/figures.h"
#include "render/quote_json.h"

namespace testigo::render {
namespace {

using formats::JsonWriter;
using insight::Brief;
using insight::ContentFormat;
using insight::Quote;
using insight::Topic;

std::string advice(ContentFormat format) {
  switch (format) {
    case ContentFormat::faq:
      return "an FAQ entry: the question as asked, a direct answer, one quote";
    case ContentFormat::comparison:
      return "a comparison: side by side, with what each does better";
    case ContentFormat::how_to:
      return "a how-to: the steps, in the askers' words";
    case ContentFormat::testimonial:
      return "a testimonial: somebody who has used it, quoted with a link";
  }
  return {};
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

// With the mark of one that stands for a burst.
void add_quote(Document& page, const Quote& quote) {
  if (quote.look_alikes > 0)
    page.line("One of " + counted(quote.look_alikes, "post") +
              " that look alike, by authors not seen before within a week, weighed as one voice "
              "(testigo share --bursts); look at them before you quote it:");
  page.quote(quote);
}

std::string heading_of(std::size_t number, const Topic& topic) {
  constexpr std::size_t columns = 100;
  return std::to_string(number) + ". " + fit(neutralise(topic.asked.front().text), columns);
}

void add_topic(Document& page, std::size_t number, const Topic& topic) {
  page.heading(3, heading_of(number, topic));
  page.line("Priority " + fixed(topic.priority, 2) + " = demand " + fixed(topic.demand, 0) +
            " × lack of advocacy " + fixed(topic.lack, 2) + " × complaint weight " +
            fixed(topic.weight, 2) + ". " + counted(topic.posts, "question") + " of " +
            counted(topic.askers, "asker") +
            (topic.themes.empty() ? "" : ", about " + joined(topic.themes)) + ".");
  page.line("Publish: " + advice(topic.format) + ".");
  page.line("As it is asked:");
  for (const Quote& quote : topic.asked) page.quote(quote);
  page.line("What a shopper finds today: " + counted(topic.advocacy, "post") + " for it, " +
            std::to_string(topic.complaints) + " against.");
  if (!topic.in_favour.empty()) page.line("Quotes to use:");
  for (const Quote& quote : topic.in_favour) add_quote(page, quote);
  if (!topic.against.empty()) page.line("Said against it:");
  for (const Quote& quote : topic.against) page.quote(quote);
  if (!topic.fix) return;
  page.line(
      "Fix first: " + (topic.fix->theme.empty() ? "what is said against it" : topic.fix->theme) +
      ", " + counted(topic.fix->complaints, "complaint") + ", the worst:");
  page.quote(topic.fix->quote);
}

void append_quotes(JsonWriter& json, std::string_view key, const std::vector<Quote>& quotes) {
  json.key(key).begin_array();
  for (const Quote& quote : quotes) append_quote(json, quote);
  json.end_array();
}

void append_names(JsonWriter& json, std::string_view key, const std::vector<std::string>& names) {
  json.key(key).begin_array();
  for (const std::string& name : names) json.string(name);
  json.end_array();
}

void append_topic(JsonWriter& json, const Topic& topic) {
  json.begin_object()
      .field("priority", topic.priority)
      .field("demand", topic.demand)
      .field("lack_of_advocacy", topic.lack)
      .field("complaint_weight", topic.weight)
      .field("format", std::string(to_string(topic.format)));
  append_names(json, "themes", topic.themes);
  json.field("questions", topic.posts)
      .field("askers", topic.askers)
      .field("advocacy", topic.advocacy)
      .field("complaints", topic.complaints);
  append_quotes(json, "asked", topic.asked);
  append_quotes(json, "in_favour", topic.in_favour);
  append_quotes(json, "against", topic.against);
  json.key("fix");
  if (topic.fix) {
    json.begin_object();
    if (topic.fix->theme.empty())
      json.key("theme").null();
    else
      json.field("theme", topic.fix->theme);
    json.field("complaints", topic.fix->complaints).key("quote");
    append_quote(json, topic.fix->quote);
    json.end_object();
  } else {
    json.null();
  }
  json.end_object();
}

}  // namespace

Document brief_document(const Brief& brief, std::string_view brand_name) {
  Document page("What to publish next: " + std::string(brand_name), "en");
  page.line(to_string(brief.window.first) + " to " + to_string(brief.window.last) + ". " +
            counted(brief.questions, "open question") + " before a purchase, " +
            counted(brief.topics_in_all, "topic") + ", " + counted(brief.unanswered, "complaint") +
            " without a reply.");
  page.heading(2, "Answer these questions");
  if (brief.topics.empty()) page.line("Nobody asks anything that is open.");
  std::size_t number = 0;
  for (const Topic& topic : brief.topics) add_topic(page, ++number, topic);
  page.heading(2, "Amplify");
  if (brief.amplify.empty()) page.line("Nobody speaks for it.");
  for (const auto& one : brief.amplify) add_quote(page, one.quote);
  page.heading(2, "Reply to");
  if (brief.answer.empty()) page.line("No complaint is without a reply.");
  for (const auto& one : brief.answer) page.quote(one.quote);
  return page;
}

std::string brief_json(const Brief& brief) {
  JsonWriter json;
  json.begin_object()
      .field("brand", brief.brand.value)
      .field("since", to_string(brief.window.first))
      .field("until", to_string(brief.window.last))
      .field("today", to_string(brief.today))
      .field("questions", brief.questions)
      .field("topics_in_all", brief.topics_in_all)
      .key("topics")
      .begin_array();
  for (const Topic& topic : brief.topics) append_topic(json, topic);
  json.end_array().key("amplify").begin_array();
  for (const auto& one : brief.amplify) {
    json.begin_object().field("quotability", one.quotability).key("quote");
    append_quote(json, one.quote);
    json.end_object();
  }
  json.end_array().field("unanswered", brief.unanswered).key("answer").begin_array();
  for (const auto& one : brief.answer) {
    json.begin_object().field("urgency", one.urgency);
    append_names(json, "themes", one.themes);
    json.key("quote");
    append_quote(json, one.quote);
    json.end_object();
  }
  return json.end_array().end_object().take() + "\n";
}

}  // namespace testigo::render
