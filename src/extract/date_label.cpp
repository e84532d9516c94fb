#include "extract/date_label.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

constexpr std::size_t longest_label = 80;  // bytes, with the date

constexpr std::string_view use_words[] = {"date of stay",
                                          "date of your stay",
                                          "date of visit",
                                          "date of experience",
                                          "date of purchase",
                                          "date of travel",
                                          "stayed",
                                          "visited",
                                          "purchased",
                                          "travelled",
                                          "traveled",
                                          "fecha de la estancia",
                                          "fecha de estancia",
                                          "fecha de la estadia",
                                          "se alojo",
                                          "fecha de la experiencia",
                                          "fecha de la visita",
                                          "fecha de visita",
                                          "fecha de compra",
                                          "fecha de la compra",
                                          "fecha del viaje",
                                          "comprado el",
                                          "pedido del",
                                          "order placed",
                                          "order of",
                                          "commande du",
                                          "comanda din",
                                          "bestellung vom",
                                          "ordine del",
                                          "compra realizada",
                                          "data sejurului",
                                          "data sederii",
                                          "data cazarii",
                                          "data experientei",
                                          "data vizitei",
                                          "data achizitiei",
                                          "data cumpararii",
                                          "cumparat",
                                          "date du sejour",
                                          "date de sejour",
                                          "date de l'experience",
                                          "date de la visite",
                                          "date de visite",
                                          "date d'achat",
                                          "aufenthaltsdatum",
                                          "aufenthalt im",
                                          "reisedatum",
                                          "datum der erfahrung",
                                          "besuchsdatum",
                                          "kaufdatum",
                                          "data del soggiorno",
                                          "data dell'esperienza",
                                          "data da estadia",
                                          "data da experiencia"};

constexpr std::string_view writing_fronts[] = {"reviewed",
                                               "review date",
                                               "date of review",
                                               "posted",
                                               "published",
                                               "written",
                                               "submitted",
                                               "commented",
                                               "comento",
                                               "escrito",
                                               "escrita",
                                               "publicad",
                                               "opinion del",
                                               "resena del",
                                               "fecha de la opinion",
                                               "fecha de la resena",
                                               "fecha de publicacion",
                                               "comentariu din",
                                               "comentat",
                                               "recenzie din",
                                               "data recenziei",
                                               "data comentariului",
                                               "scris",
                                               "postat",
                                               "adaugat",
                                               "publicat",
                                               "bewertet",
                                               "geschrieben",
                                               "veroffentlicht",
                                               "kommentiert",
                                               "commente",
                                               "avis depose",
                                               "avis publie",
                                               "publie",
                                               "recensito",
                                               "recensione del",
                                               "pubblicat",
                                               "avaliado",
                                               "avaliou"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

DateWorth worth_by_label(std::string_view words) {
  words = text::trim(words);
  if (words.empty() || words.size() > longest_label) return DateWorth::shown;
  const std::string folded = text::fold(words);
  if (std::any_of(std::begin(use_words), std::end(use_words),
                  [&](std::string_view word) { return folded.find(word) != std::string::npos; }))
    return DateWorth::of_use;
  const bool tells = std::any_of(std::begin(writing_fronts), std::end(writing_fronts),
                                 [&](std::string_view front) { return folded.starts_with(front); });
  return tells ? DateWorth::of_writing : DateWorth::shown;
}

bool is_month_alone(std::string_view date) {
  std::size_t numbers = 0;
  std::size_t years = 0;  // of four digits
  bool has_letters = false;
  for (std::size_t at = 0; at < date.size();) {
    std::size_t end = at;
    while (end < date.size() && is_digit(date[end])) ++end;
    if (end > at) {
      ++numbers;
      if (end - at == 4) ++years;
    } else {
      const auto byte = static_cast<unsigned char>(date[at]);
      has_letters = has_letters || byte >= 0x80 || (byte | 0x20u) - 'a' < 26u;
    }
    at = std::max(end, at + 1);
  }
  return years == 1 && numbers == (has_letters ? 1u : 2u);
}

}  // namespace testigo::extract
