#include "extract/owner_answer.h"

#include <catch2/catch.hpp>

using testigo::extract::names_subject;

TEST_CASE("who is named like what is reviewed is told from who may be anybody", "[extract]") {
  CHECK(names_subject("Kettle & Sons", "The Kettle Pro"));
  CHECK_FALSE(names_subject("Ana Pop", "The Kettle Pro"));
  CHECK_FALSE(names_subject("Amazon Customer", "Customer reviews of the Kettle Pro"));
  CHECK_FALSE(names_subject("Cliente de Amazon", "Opiniones de clientes: un cliente opina"));
}
