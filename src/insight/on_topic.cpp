#include "insight/on_topic.h"

namespace testigo::insight {
namespace {

// What is filed under a key, if anything is.
template <class Filed, class Key>
std::span<const std::size_t> under(const Filed& filed, const Key& key) {
  const auto found = filed.find(key);
  return found == filed.end() ? std::span<const std::size_t>() : found->second;
}

}  // namespace

OnTopic::OnTopic(std::span<const BriefPost> posts, const TermTable& terms,
                 std::span<const TermVector> vectors)
    : posts_(posts), terms_(terms), vectors_(vectors) {
  for (std::size_t i = 0; i < posts.size(); ++i) {
    const BriefPost& post = posts[i];
    if (post.tag != Tag::advocacy && post.tag != Tag::complaint) continue;
    voices_.push_back(i);
    if (post.parent) by_parent_[*post.parent].push_back(i);
    for (const Facet& theme : post.themes) by_theme_[theme.name].push_back(i);
    for (const std::string& term : post.terms) by_word_[term].push_back(i);
    for (const auto& [term, weight] : vectors[i]) {
      if (term >= weights_.size()) weights_.resize(std::size_t{term} + 1);
      weights_[term].emplace_back(i, weight);
    }
  }
}

OnTopic::Found OnTopic::of(const Members& group, std::span<const std::string> themes) const {
  Marks marks(posts_.size());
  mark_replies(group, marks);
  mark_themes(themes, marks);
  mark_alike(group, marks);
  if (themes.empty()) mark_saying_half(group, marks);
  Found found;
  for (const std::size_t i : voices_)
    if (marks[i]) (posts_[i].tag == Tag::advocacy ? found.advocacy : found.complaints).push_back(i);
  return found;
}

void OnTopic::mark_replies(const Members& group, Marks& marks) const {
  for (const std::size_t question : group)
    for (const std::size_t i : under(by_parent_, posts_[question].post)) marks[i] = true;
}

void OnTopic::mark_themes(std::span<const std::string> themes, Marks& marks) const {
  for (const std::string& theme : themes)
    for (const std::size_t i : under(by_theme_, theme)) marks[i] = true;
}

void OnTopic::mark_alike(const Members& group, Marks& marks) const {
  std::vector<double> likeness(posts_.size());
  for (const auto& [term, of_middle] : middle_of(vectors_, group)) {
    if (term >= weights_.size()) break;
    for (const auto& [i, weight] : weights_[term]) likeness[i] += of_middle * weight;
  }
  for (const std::size_t i : voices_)
    if (likeness[i] >= on_topic) marks[i] = true;
}

void OnTopic::mark_saying_half(const Members& group, Marks& marks) const {
  std::map<std::string_view, std::size_t> questions_with;
  for (const std::size_t question : group)
    for (const std::string& term : posts_[question].terms) ++questions_with[term];
  double whole = 0.0;
  std::map<std::size_t, double> said;
  for (const auto& [term, questions] : questions_with) {
    if (2 * questions < group.size()) continue;
    const double weight = terms_.weight_of(term);
    whole += weight;
    for (const std::size_t i : under(by_word_, term)) said[i] += weight;
  }
  for (const auto& [i, weight] : said)
    if (weight >= half_said * whole) marks[i] = true;
}

}  // namespace testigo::insight
