#include <algorithm>
#include <array>
#include <functional>
#include <ostream>
#include <set>

#include "app/mention_rows.h"
#include "classify/classifier.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "core/digest.h"
#include "formats/json_writer.h"
#include "render/explain.h"
#include "render/verdict_json.h"
#include "store/read.h"

namespace testigo::cli {
namespace {

// A text and what was said of it, wherever it came from.
struct Explained {
  std::string id_json;
  std::string title;
  std::string text;
  Verdict verdict;
  std::string rules;
  std::string origin;  // lines about where it was read; empty for a text typed in
  std::optional<store::CorrectionRow> correction;
  std::vector<std::string> rules_gone;  // that reasons name, but that are no rules of today
};

std::string place_of(const store::CopyRow& copy) {
  return to_iso8601(copy.said_at) + "  " + show_key(copy.post.value) + "  " + copy.source.value +
         (copy.url ? "  " + *copy.url : "");
}

// Who said it first, and who said it again.
std::string copies_of(const store::MentionDetail& detail) {
  std::string lines;
  if (detail.original) lines += "\ncopy of  " + place_of(*detail.original);
  for (const store::CopyRow& copy : detail.copies) lines += "\ncopied  " + place_of(copy);
  if (const std::size_t more = detail.copy_count - detail.copies.size(); more > 0)
    lines += "\ncopied  " + std::to_string(more) + " more times";
  return lines;
}

std::string origin_of(const store::MentionDetail& detail) {
  std::string lines = "from  " + detail.row.source.value;
  if (detail.row.url) lines += "  " + *detail.row.url;
  const bool edited = detail.revisions.size() > 1;
  lines +=
      "\nseen  " + to_iso8601(edited ? detail.revisions.front().seen_at : detail.row.collected_at);
  if (detail.evidence)
    lines += ", kept in " + detail.evidence->where.file + " at byte " +
             std::to_string(detail.evidence->where.offset) + "; testigo evidence show " +
             show_key(detail.row.id.value);
  for (std::size_t i = 1; i < detail.revisions.size(); ++i)
    lines += "\nbefore  " + to_iso8601(detail.revisions[i].seen_at) + "  " +
             render::neutralise(detail.revisions[i].text);
  return lines + copies_of(detail) + "\n";
}

// A mention may have been judged by earlier rules: what they were called, it still says.
std::vector<std::string> gone_rules(Context& context, const store::MentionDetail& detail) {
  const auto book = context.rule_book();
  if (!book || (*book)->rules.hash() == detail.rules) return {};
  std::set<std::string, std::less<>> known;
  for (classify::RuleRow& row : classify::list_rules((*book)->rules))
    known.insert(std::move(row.id));
  std::set<std::string> gone;
  for (const Reason& reason : detail.verdict.why)
    if (!known.contains(reason.rule)) gone.emplace(reason.rule);
  return {gone.begin(), gone.end()};
}

Result<Explained> of_mention(Context& context, std::int64_t id) {
  auto store = context.open_store();
  if (!store) return fail(std::move(store.error()));
  auto detail = store::find_mention(*store, id);
  if (!detail) return fail(std::move(detail.error()));
  return Explained{"\"" + show_key(detail->row.id.value) + "\"",
                   detail->row.title.value_or(""),
                   detail->row.text,
                   detail->verdict,
                   detail->rules,
                   origin_of(*detail),
                   detail->correction,
                   gone_rules(context, *detail)};
}

Result<Explained> of_text(Context& context, const std::string& text) {
  auto book = context.rule_book();
  if (!book) return fail(std::move(book.error()));
  const classify::Classifier classifier((*book)->rules);
  classify::ClassifyInput input;
  input.text = text;
  return Explained{"null", "", text, classifier.classify(input, true), (*book)->rules.hash(),
                   "",     {}, {}};
}

template <class Enum>
std::string named(std::string_view axis, const std::optional<Enum>& value) {
  return value ? std::string(axis) + " " + std::string(to_string(*value)) + "  " : std::string();
}

std::string facets(std::string_view axis, const std::vector<Facet>& found) {
  std::string text;
  for (const Facet& facet : found)
    text += (text.empty() ? "" : ", ") + facet.name + " (" +
            std::string(to_string(facet.polarity)) + ")";
  return text.empty() ? text : std::string(axis) + " " + text + "\n";
}

// The axes whose reasons are drawn, each with the value that won.
std::vector<std::pair<Axis, std::string_view>> shown_axes(const Verdict& verdict) {
  std::vector<std::pair<Axis, std::string_view>> axes;
  if (verdict.tag) axes.emplace_back(Axis::tag, to_string(*verdict.tag));
  if (verdict.act) axes.emplace_back(Axis::act, to_string(*verdict.act));
  if (verdict.stage) axes.emplace_back(Axis::stage, to_string(*verdict.stage));
  if (verdict.polarity) axes.emplace_back(Axis::polarity, to_string(*verdict.polarity));
  return axes;
}

std::string name_of(const std::optional<Tag>& tag) {
  return std::string(tag ? to_string(*tag) : "unclassified");
}

// What a person said outweighs the rules, so it comes before what they say.
std::string correction_line(const store::CorrectionRow& correction) {
  return "corrected to " + name_of(correction.tag) + " by " +
         render::neutralise(correction.person) + ", " + to_iso8601(correction.at) +
         (correction.note ? ": " + render::neutralise(*correction.note) : "") +
         "\nby the rules it is\n";
}

std::string correction_json(const store::CorrectionRow& correction) {
  formats::JsonWriter json;
  json.begin_object()
      .field("tag", name_of(correction.tag))
      .field("by", correction.person)
      .field("at", to_iso8601(correction.at))
      .key("note");
  if (correction.note)
    json.string(*correction.note);
  else
    json.null();
  json.end_object();
  return json.take();
}

// What is said of each brand, where it is not for all of them what the text says as a whole.
std::string sides(const Verdict& verdict) {
  const bool divided =
      std::any_of(verdict.targets.begin(), verdict.targets.end(), [&](const Target& target) {
        return target.tag != verdict.tag || target.score != verdict.score;
      });
  std::string lines;
  if (!divided) return lines;
  for (const Target& target : verdict.targets) {
    std::array<char, 40> score{};
    std::snprintf(score.data(), score.size(), "  score %+.2f\n", target.score);
    lines += "of " + render::neutralise(target.brand) + "  " + std::string(to_string(target.tag)) +
             score.data();
  }
  return lines;
}

std::string gone_line(const Explained& one) {
  if (one.rules_gone.empty()) return {};
  std::string names;
  for (const std::string& rule : one.rules_gone)
    names += (names.empty() ? "" : ", ") + render::neutralise(rule);
  return "judged by earlier rules (" + one.rules + "), of which are gone: " + names + "\n";
}

std::string for_people(const Explained& one, const render::Terminal& terminal) {
  const Verdict& verdict = one.verdict;
  const std::string corrected = one.correction ? correction_line(*one.correction) : std::string();
  if (!verdict.tag)
    return corrected + "unclassified: language " + verdict.language + " has no rules\n";
  std::array<char, 80> figures{};
  std::snprintf(figures.data(), figures.size(), "score %+.2f  confidence %.2f  language %s\n",
                verdict.score, verdict.confidence, verdict.language.c_str());
  std::string out = corrected + named("tag", verdict.tag) + named("polarity", verdict.polarity) +
                    named("act", verdict.act) + named("stage", verdict.stage) +
                    named("intent", verdict.intent) + figures.data();
  out += sides(verdict) + gone_line(one);
  out += facets("themes", verdict.themes) + facets("service", verdict.service);
  for (const auto& [axis, value] : shown_axes(verdict)) {
    for (const auto& [field, text] :
         {std::pair{Field::title, &one.title}, {Field::text, &one.text}}) {
      auto underlines = render::underlines_of(verdict.why, axis, value, field);
      if (underlines.empty()) continue;
      out += "\n" + std::string(axis_name(axis)) + " " + std::string(value) + "\n";
      out += render::render_explained(*text, std::move(underlines), terminal);
    }
  }
  return one.origin.empty() ? out : out + "\n" + one.origin;
}

ExitCode run(Context& context, const Arguments& arguments) {
  const std::string what = arguments.value_or("ID", "");
  const auto key = parse_key(what);
  auto explained = key ? of_mention(context, *key) : of_text(context, what);
  if (!explained) return context.failed(explained.error());
  if (context.json()) {
    const std::string correction =
        explained->correction ? correction_json(*explained->correction) : std::string();
    const render::VerdictFrame frame{
        explained->id_json, explained->text,      explained->title, explained->rules, true,
        correction,         explained->rules_gone};
    context.out() << render::verdict_json(explained->verdict, frame) << '\n';
  } else {
    context.out() << for_people(*explained, context.terminal());
  }
  return ExitCode::done;
}

}  // namespace

Command why_command() {
  return {"why",
          "classify",
          "Why a mention, or a text in quotes, is tagged as it is",
          {{"ID", Arity::positional, "", "a mention's id, or a text", true, ""}},
          {{"why 3f2a9c0d11e2b745", "the rules that spoke, with the words that fired them"},
           {"why 'No es que sea malo, pero no lo recomiendo'", "the same for a text typed in"}},
          run};
}

}  // namespace testigo::cli
