#include "give_up.h"

#include <cstdlib>
#include <iostream>

namespace testigo::bench {

void give_up(std::string_view what) {
  std::cerr << "bench: " << what << '\n';
  std::exit(1);
}

}  // namespace testigo::bench
