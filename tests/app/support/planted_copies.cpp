#include "app/support/planted_copies.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>

namespace testigo::planted {
namespace {

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

const std::vector<std::string> heads = {"READER REVIEWS: ", "Seen elsewhere today. ",
                                        "Opinión de un cliente: ", "Din recenzii – ",
                                        "The Quarry Courier, home section – "};
const std::vector<std::string> tails = {
    " This review was collected as part of a promotion.", " First published by House Nine.",
    " Compra verificada. Publicado antes en Casa Nueve.", " Recenzie preluată de pe Casa Nouă.",
    " Subscribe to our newsletter for more."};
const std::vector<std::string> replies = {
    "I can only agree with this.", "Same here, ours does exactly that.", "Totalmente de acuerdo.",
    "La noi nu a fost deloc așa, din păcate.", "Is that so? Mine has been fine for a year now."};

// The slots take a filling's words in order.
const std::array<std::string_view, 6> forms = {
    "I bought the {} from {} {} and love it, {} would recommend it to anyone who has {} and little "
    "patience for {}",
    "Ordered a {} at {} for {}, it arrived {} and it works as described, five stars from {} for "
    "the "
    "{}",
    "Compré el {} en {} {} y estoy encantada, {} lo recomienda a quien tenga {} y poca paciencia "
    "con "
    "{}",
    "Am cumpărat {} de la {} pentru {} și sunt mulțumit, {} îl recomandă oricui are {} și puțină "
    "răbdare cu {}",
    "My {} stopped working after {} and {} told me to write to {}, who never answered about {} at "
    "all, avoid {}",
    "Does the {} from {} fit {} or do I need {} as well, and has anyone here tried it with {} and "
    "{}"};
const std::array<std::vector<std::string>, 6> fillings = {
    std::vector<std::string>{"Velora kettle", "Brumiva Aero 2", "Norda lamp", "Tarn blender",
                             "Osk vacuum cleaner", "Pell coffee grinder"},
    {"Quarry Goods in Bristol", "House Nine", "the Leeds outlet", "Casa Nueve", "a market stall",
     "my old employer"},
    {"two weeks ago", "last summer after much thought", "my mother's birthday", "thirty euros",
     "the third time this year", "a friend who had asked"},
    {"my sister in law", "nobody at work", "the whole family", "on a rainy Sunday", "well packed",
     "the night nurse"},
    {"a small kitchen", "two cats and a dog", "the noisy office upstairs", "filters that last",
     "children under five", "an old staircase"},
    {"limescale", "hair in the brushes", "long cables", "instructions in six languages",
     "slow deliveries", "promises of silence"}};

const std::array<std::array<std::string_view, 3>, 4> translations = {{
    {"The kettle leaks from the bottom after three weeks and the shop says that I must pay for the "
     "return myself, which I find outrageous for a thing that costs ninety euros",
     "El hervidor pierde agua por abajo a las tres semanas y la tienda dice que tengo que pagar yo "
     "la "
     "devolución, lo que me parece indignante para algo que cuesta noventa euros",
     "Fierbătorul curge pe dedesubt după trei săptămâni, iar magazinul spune că trebuie să plătesc "
     "eu "
     "returul, ceea ce mi se pare revoltător pentru ceva care costă nouăzeci de euro"},
    {"After a year of daily use the blender still starts at the first push, and when the lid broke "
     "they sent another one within two days without asking for anything",
     "Después de un año de uso diario la batidora sigue arrancando a la primera, y cuando se "
     "rompió la "
     "tapa mandaron otra en dos días sin pedir nada",
     "După un an de folosire zilnică blenderul pornește tot din prima, iar când s-a spart capacul "
     "au "
     "trimis altul în două zile fără să ceară nimic"},
    {"Brumiva Aero 2 versus Velora Duo: which one is quieter at night, and does the app of either "
     "work without an account or an internet connection",
     "Brumiva Aero 2 contra Velora Duo: cuál es más silencioso por la noche, y funciona la app de "
     "alguno sin cuenta ni conexión a internet",
     "Brumiva Aero 2 sau Velora Duo: care e mai silențios noaptea, și merge aplicația vreunuia "
     "fără "
     "cont sau conexiune la internet"},
    {"Support answered in four minutes, knew the model by heart and sent a new battery, so I take "
     "back "
     "what I wrote here last month about this company",
     "Soporte contestó en cuatro minutos, se sabía el modelo de memoria y mandó una batería nueva, "
     "así "
     "que retiro lo que escribí aquí el mes pasado sobre esta empresa",
     "Asistența a răspuns în patru minute, știa modelul pe de rost și a trimis o baterie nouă, așa "
     "că "
     "îmi retrag cuvintele de luna trecută despre firma asta"},
}};

}  // namespace

std::string cut_short(const std::string& text) {
  const std::size_t end = text.rfind(' ', text.size() * 8 / 10);
  return end == std::string::npos ? text : text.substr(0, end) + " …";
}

std::string Planter::syndicated(const std::string& text) {
  return one_of(heads) + text + one_of(tails);
}

// The last words, up to a fifth of them, are others.
std::string Planter::with_another_ending(const std::string& text) {
  std::vector<std::string> words = words_of(text);
  words.resize(words.size() - words.size() / 5);
  return joined(words) + one_of(tails);
}

std::string Planter::quoted(const std::string& text) {
  return (below(2) == 0 ? "Somebody said: “" : "\"") + text + "\" " + one_of(replies);
}

std::string Planter::dressed_otherwise(const std::string& text) {
  std::string out = replaced(replaced(text, ", ", " – "), ".", below(2) == 0 ? "!" : " …");
  for (const auto& [from, to] : {std::pair{"ă", "a"},
                                 {"ș", "ş"},
                                 {"ț", "t"},
                                 {"â", "a"},
                                 {"î", "i"},
                                 {"á", "a"},
                                 {"é", "e"},
                                 {"í", "i"},
                                 {"ó", "o"},
                                 {"ñ", "n"},
                                 {"'", "’"}})
    out = replaced(std::move(out), from, to);
  if (below(2) == 0)
    for (char& c : out)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

// One word in twenty to one in ten is another, gone, or new.
std::string Planter::edited(const std::string& text, const std::string& words_from) {
  std::vector<std::string> words = words_of(text);
  const std::vector<std::string> others = words_of(words_from);
  const double share = 0.05 + 0.05 * static_cast<double>(below(1001)) / 1000.0;
  const auto edits = static_cast<std::size_t>(
      std::max(1.0, std::floor(share * static_cast<double>(words.size()))));
  for (std::size_t i = 0; i < edits; ++i) {
    const auto at = static_cast<std::ptrdiff_t>(below(words.size()));
    switch (below(3)) {
      case 0:
        words.erase(words.begin() + at);
        break;
      case 1:
        words.insert(words.begin() + at, one_of(others));
        break;
      default:
        words[static_cast<std::size_t>(at)] = one_of(others);
        break;
    }
  }
  return joined(words);
}

std::vector<Text> Planter::copies_of(const std::vector<std::string>& originals) {
  std::vector<Text> texts;
  for (std::size_t i = 0; i < originals.size(); ++i) {
    const int origin = static_cast<int>(i);
    const std::string& text = originals[i];
    texts.push_back({text, origin, "original"});
    texts.push_back({syndicated(text), origin, "syndicated"});
    texts.push_back({with_another_ending(text), origin, "another ending"});
    texts.push_back({cut_short(text), origin, "cut short"});
    texts.push_back({quoted(text), origin, "quoted"});
    texts.push_back({dressed_otherwise(text), origin, "dressed otherwise"});
    texts.push_back({edited(text, one_of(originals)), origin, "edited"});
  }
  return texts;
}

// Fillings of the slots, of which no two have more than two in common: their content is another.
std::vector<std::array<std::size_t, 6>> Planter::fillings_of_a_form() {
  constexpr std::size_t wanted = 12;
  constexpr std::ptrdiff_t most_in_common = 2;
  std::vector<std::array<std::size_t, 6>> all;
  while (all.size() < wanted) {
    std::array<std::size_t, 6> next{};
    for (std::size_t i = 0; i < next.size(); ++i) next[i] = below(fillings[i].size());
    const bool is_new = std::all_of(all.begin(), all.end(), [&](const auto& other) {
      return std::inner_product(next.begin(), next.end(), other.begin(), std::ptrdiff_t{0},
                                std::plus<>(), std::equal_to<>()) <= most_in_common;
    });
    if (is_new) all.push_back(next);
  }
  return all;
}

std::vector<Text> Planter::decoys(int first_origin) {
  std::vector<Text> texts;
  int origin = first_origin;
  for (const std::string_view form : forms) {
    for (const auto& choices : fillings_of_a_form()) {
      std::string text(form);
      for (std::size_t i = 0; i < choices.size(); ++i)
        text.replace(text.find("{}"), 2, fillings[i][choices[i]]);
      texts.push_back({std::move(text), origin++, "form"});
    }
  }
  for (const auto& languages : translations)
    for (const std::string_view text : languages)
      texts.push_back({std::string(text), origin++, "translation"});
  return texts;
}

}  // namespace testigo::planted
