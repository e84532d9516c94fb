#include "render/estimates.h"

#include "render/figures.h"

namespace testigo::render {
namespace {

constexpr const char* absent = "–";

}  // namespace

std::string share_figure(const std::optional<insight::Estimate>& share) {
  return share ? percent(share->value) : absent;
}

std::string share_and_interval(const std::optional<insight::Estimate>& share) {
  if (!share) return absent;
  const auto bare = [](double value) {
    std::string figure = percent(value);
    figure.pop_back();
    return figure;
  };
  return percent(share->value) + " [" + bare(share->interval.low) + ", " +
         bare(share->interval.high) + "]";
}

std::string share_interval(const std::optional<insight::Estimate>& share) {
  if (!share) return {};
  return "[" + percent(share->interval.low) + ", " + percent(share->interval.high) + "]";
}

std::string net_figure(const std::optional<insight::Estimate>& net) {
  return net ? signed_fixed(net->value, 2) : absent;
}

std::string net_interval(const std::optional<insight::Estimate>& net) {
  if (!net) return {};
  return "[" + signed_fixed(net->interval.low, 2) + ", " + signed_fixed(net->interval.high, 2) +
         "]";
}

std::string growth_figure(const std::optional<insight::Estimate>& growth) {
  return growth ? "×" + fixed(growth->value, 1) : "–";
}

std::string growth_interval(const std::optional<insight::Estimate>& growth) {
  if (!growth) return {};
  return "[" + fixed(growth->interval.low, 1) + ", " + fixed(growth->interval.high, 1) + "]";
}

std::string exposure_words(const insight::Exposure& now, const insight::Exposure& before) {
  const std::string unit = now.in_hours ? " hours" : " days";
  return "seen " + grouped(now.seen) + " of " + grouped(now.of) + unit + ", before " +
         grouped(before.seen) + " of " + grouped(before.of);
}

void append_estimate(std::vector<Value>& values, const std::optional<insight::Estimate>& estimate) {
  values.push_back(estimate ? Value(estimate->value) : Value());
  values.push_back(estimate ? Value(estimate->interval.low) : Value());
  values.push_back(estimate ? Value(estimate->interval.high) : Value());
}

}  // namespace testigo::render
