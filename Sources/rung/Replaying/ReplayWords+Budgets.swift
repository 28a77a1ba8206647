import LedgerExchange
import PolicyUnits
import TrafficReplay

extension ReplayWords {
  /// What budgets would have done, a line each; empty if that was not asked for.
  var budgets: [String] {
    guard let budgets = result.budgets else { return [] }
    var lines = budgets.refusals.map { refusal in
      let minute = ISOTime.text(refusal.time)?.prefix(16).replacing("T", with: " ")
      let time = minute.map { " \($0)" } ?? ""
      let counters =
        refusal.counters == 1
        ? "" : ", \(Amounts.grouped(Int64(refusal.counters))) owners and windows ran out"
      return "\(refusal.budget) refuses \(counted(refusal.requests)) of \(cost(refusal.cost)), "
        + "the first\(time) (line \(refusal.line))\(counters)"
    }
    lines += budgets.held.map { "\($0) holds: nothing is refused for it" }
    if budgets.moved > 0 {
      lines.append(
        "\(counted(budgets.moved)) \(Amounts.form(budgets.moved, "goes", "go")) another way, or "
          + "\(Amounts.form(budgets.moved, "gets", "get")) a shorter answer, as a budget is used: "
          + "\(cost(budgets.movedBefore)) → \(cost(budgets.movedAfter)) (line \(budgets.movedExample))"
      )
    }
    lines.append(
      "all of it costs \(cost(budgets.cost)) with budgets, without compression or batches")
    for (count, words) in [
      (budgets.unknown, "charged with every tier, as nobody knows how often one is accepted"),
      (budgets.unbounded, "nobody can bound: refused"),
      (budgets.undecided, "not decided once a budget is used, and not charged"),
    ] where count > 0 {
      lines.append("\(counted(count)) \(words)")
    }
    return lines
  }

  private func counted(_ requests: Int64) -> String {
    Amounts.count(requests, "request")
  }
}
