extension [SetAsideModel.Doubt] {
  /// What keeps a model back, in one clause.
  package var reason: String {
    let zero = quotedKeys { if case .zeroPrice(let key) = $0 { key } else { nil } }
    let high = quotedKeys { if case .highPrice(let key) = $0 { key } else { nil } }
    let lost = quotedKeys { if case .noAddress(let provider) = $0 { provider } else { nil } }
    var clauses: [String] = []
    if !zero.isEmpty { clauses.append("its \(zero.listed()) \(zero.verb) zero") }
    if !high.isEmpty {
      clauses.append("its \(high.listed()) \(high.verb) too high to be taken on trust")
    }
    if !lost.isEmpty { clauses.append("its provider \(lost.listed()) has no address") }
    return clauses.joined(separator: ", and ")
  }

  /// What to write in the catalog, one line for each kind of doubt.
  package var cures: [String] {
    var cures: [String] = []
    if contains(where: \.isZero) {
      cures.append(
        "write `confirm: free` in its prices if it is meant, or take the zero out if nobody knows")
    }
    if contains(where: \.isHigh) {
      cures.append(
        "prices are per million tokens: mend them in the catalog, or write `confirm: expensive`")
    }
    for case .noAddress(let provider) in self {
      cures.append("write the `base_url` of `\(provider)` in the catalog instead of `fill_in`")
    }
    return cures
  }

  /// Each once, in written order.
  private func quotedKeys(_ key: (SetAsideModel.Doubt) -> String?) -> [String] {
    var seen: Set<String> = []
    return compactMap(key).filter { seen.insert($0).inserted }
  }
}

extension SetAsideModel.Doubt {
  package var isZero: Bool { if case .zeroPrice = self { true } else { false } }
  package var isHigh: Bool { if case .highPrice = self { true } else { false } }
}

extension [String] {
  fileprivate var verb: String { count == 1 ? "is" : "are" }
}
