#include "render/verdict_json.h"

#include <algorithm>

#include "formats/json_writer.h"

namespace testigo::render {
namespace {

using formats::JsonWriter;

constexpr std::size_t reason_bytes = 150;  // as most have at most

template <class Value>
void write_axis(JsonWriter& json, std::string_view key, const std::optional<Value>& value) {
  json.key(key);
  if (value)
    json.string(to_string(*value));
  else
    json.null();
}

void write_facets(JsonWriter& json, std::string_view key, const std::vector<Facet>& facets) {
  json.key(key).begin_array();
  for (const auto& facet : facets)
    json.begin_object()
        .field("name", facet.name)
        .field("polarity", to_string(facet.polarity))
        .end_object();
  json.end_array();
}

void write_targets(JsonWriter& json, const std::vector<Target>& targets) {
  json.key("targets").begin_array();
  for (const auto& target : targets)
    json.begin_object()
        .field("brand", target.brand)
        .field("tag", to_string(target.tag))
        .field("score", target.score)
        .end_object();
  json.end_array();
}

void write_span(JsonWriter& json, const TextSpan& span) {
  json.key("span").begin_array();
  json.number(static_cast<std::int64_t>(span.begin)).number(static_cast<std::int64_t>(span.end));
  json.end_array();
}

void write_durations(JsonWriter& json, const std::vector<ClaimedDuration>& durations) {
  json.key("durations").begin_array();
  for (const auto& duration : durations) {
    json.begin_object().field("seconds", duration.seconds).field("of", duration.of);
    write_span(json, duration.span);
    json.end_object();
  }
  json.end_array();
}

std::string_view quoted(const Reason& reason, const VerdictFrame& frame) {
  const std::string_view field = reason.field == Field::title ? frame.title : frame.text;
  const std::size_t begin = std::min(reason.span->begin, field.size());
  return field.substr(begin, std::max(reason.span->end, begin) - begin);
}

// Some dozens to a text: in pieces, which takes less than value by value.
void append_reason(std::string& out, const Reason& reason, const VerdictFrame& frame) {
  out += R"({"axis":")";
  out += axis_name(reason.axis);
  out += R"(","value":)";
  formats::append_quoted(out, reason.value);
  out += R"(,"rule":)";
  formats::append_quoted(out, reason.rule);
  out += R"(,"field":")";
  out += to_string(reason.field);
  if (reason.span) {
    out += R"(","span":[)";
    formats::append_number(out, reason.span->begin);
    out += ',';
    formats::append_number(out, reason.span->end);
    out += R"(],"text":)";
    formats::append_quoted(out, quoted(reason, frame));
  } else {
    out += R"(","span":null,"text":null)";
  }
  out += R"(,"contribution":)";
  formats::append_number(out, reason.contribution);
  out += '}';
}

// Put behind the last member of a finished object: by axis, and for each axis in their order.
void add_reasons(std::string& object, const std::vector<Reason>& reasons,
                 const VerdictFrame& frame) {
  constexpr std::string_view key = R"(,"why":[)";
  object.reserve(object.size() + key.size() + reasons.size() * reason_bytes + 2);
  object.pop_back();
  object += key;
  const std::size_t begin = object.size();
  for (std::uint8_t axis = 0; axis < axis_count; ++axis) {
    for (const Reason& reason : reasons) {
      if (reason.axis != static_cast<Axis>(axis)) continue;
      if (object.size() != begin) object += ',';
      append_reason(object, reason, frame);
    }
  }
  object += "]}";
}

void write_axes(JsonWriter& json, const Verdict& verdict) {
  write_axis(json, "tag", verdict.tag);
  write_axis(json, "polarity", verdict.polarity);
  json.field("score", verdict.score).field("confidence", verdict.confidence);
  write_axis(json, "act", verdict.act);
  write_axis(json, "stage", verdict.stage);
  write_axis(json, "intent", verdict.intent);
  json.field("degree", to_string(verdict.degree));
  write_facets(json, "themes", verdict.themes);
  write_facets(json, "service", verdict.service);
  write_facets(json, "cycle", verdict.cycle);
  write_targets(json, verdict.targets);
  json.field("recovery", to_string(verdict.recovery));
  write_durations(json, verdict.durations);
}

void write_nothing(JsonWriter& json) {
  for (const auto* key :
       {"tag", "polarity", "score", "confidence", "act", "stage", "intent", "degree", "themes",
        "service", "cycle", "targets", "recovery", "durations"})
    json.key(key).null();
}

}  // namespace

std::string verdict_json(const Verdict& verdict, const VerdictFrame& frame) {
  JsonWriter json;
  json.begin_object().key("id").raw(frame.id_json.empty() ? "null" : frame.id_json);
  json.field("language", verdict.language);
  if (!frame.correction_json.empty()) json.key("correction").raw(frame.correction_json);
  if (verdict.tag)
    write_axes(json, verdict);
  else
    write_nothing(json);
  json.field("rules", frame.rules);
  if (!frame.rules_gone.empty()) {
    json.key("rules_gone").begin_array();
    for (const std::string& rule : frame.rules_gone) json.string(rule);
    json.end_array();
  }
  json.end_object();
  std::string object = json.take();
  if (frame.explain) add_reasons(object, verdict.why, frame);
  return object;
}

std::string error_json(std::size_t line, std::string_view id_json, std::string_view error) {
  JsonWriter json;
  json.begin_object().field("line", line);
  json.key("id").raw(id_json.empty() ? "null" : id_json);
  json.field("error", error).end_object();
  return json.take();
}

}  // namespace testigo::render
