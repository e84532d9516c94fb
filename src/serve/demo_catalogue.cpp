#include "serve/demo_catalogue.h"

#include <array>

namespace testigo::serve {

std::span<const Product> catalogue() {
  using enum ReviewMarkup;
  static constexpr std::array<Product, 9> products = {{
      {"shop/en/brumiva-aero-2", "Brumiva Aero 2", "Brumiva", "229.00", "GBP",
       "Air purifier for rooms up to 60 m², with HEPA and carbon filter and app.", json_ld},
      {"shop/en/brumiva-lumo", "Brumiva Lumo", "Brumiva", "69.00", "GBP",
       "Sunrise lamp with dial, alarm and USB port.", microdata},
      {"shop/en/kestrona-purebox", "Kestrona PureBox", "Kestrona", "89.00", "GBP",
       "Compact air purifier with one dial.", json_ld},
      {"shop/es/brumiva-aero-2", "Brumiva Aero 2", "Brumiva", "249.00", "EUR",
       "Purificador de aire para estancias de hasta 60 m², con filtro HEPA y aplicación.", json_ld},
      {"shop/es/brumiva-aero-mini", "Brumiva Aero Mini", "Brumiva", "89.00", "EUR",
       "Purificador portátil con batería.", microdata},
      {"shop/es/kestrona-purebox", "Kestrona PureBox", "Kestrona", "99.00", "EUR",
       "Purificador compacto de un solo botón – desde 99 €.", json_ld},
      {"shop/ro/brumiva-aero-2", "Brumiva Aero 2", "Brumiva", "1149.00", "RON",
       "Purificator de aer pentru încăperi de până la 60 m², cu filtru HEPA și aplicație.",
       json_ld},
      {"shop/ro/brumiva-lumo", "Brumiva Lumo", "Brumiva", "349.00", "RON",
       "Lampă cu răsărit de soare, alarmă și port USB.", microdata},
      {"shop/ro/kestrona-glow", "Kestrona Glow", "Kestrona", "99.00", "RON",
       "Lampă de noptieră cu un singur buton.", json_ld},
  }};
  return products;
}

}  // namespace testigo::serve
