import PolicySemantics
import PolicySyntax

// Tests and promises.
extension CursorContext {
  var testOffers: [Offer] {
    if last == "request" { return [.keywords(["file"])] }
    return startsLine || line.isEmpty ? [.snippets(Snippets.testSections)] : []
  }

  var requestOffers: [Offer] {
    guard let subject = entrySubject else {
      return [.fields(RequestWords.settable), .symbols([.fact])]
    }
    guard isAtValue else { return [] }
    if let symbol = names.symbols[subject], symbol.kind == .fact {
      return symbol.labels.isEmpty ? [.values(["true", "false"])] : [.labels(of: subject)]
    }
    return RequestWords.byWord[subject].map { values(of: $0.type) } ?? []
  }

  var givenOffers: [Offer] {
    if last == "fails" { return [.values(CallFailure.allCases.map(\.rawValue))] }
    if last == "at" { return [.models] }
    let subjects: [Offer] = [
      .symbols([.gate, .classifier]), .budgets(withLeft: false), .models, .embedders,
    ]
    guard let subject = entrySubject else {
      // Behind `helpful = 0.4` and `helpful fails limited`.
      let mayHavePlace = line.count == 3 && names.symbols[line[line.startIndex].text]?.kind == .gate
      return (mayHavePlace ? [.keywords(["at"])] : []) + subjects
    }
    guard isAtValue else { return mayFail(subject) ? [.keywords(["fails"])] : [] }
    if let symbol = names.symbols[subject] {
      return symbol.labels.isEmpty ? [.values(["true", "false"])] : [.labels(of: subject)]
    }
    return names.models[subject] == nil ? [] : [.values(["healthy", "unhealthy"])]
  }

  /// Whether it asks somebody, or is asked.
  private func mayFail(_ name: String) -> Bool {
    if let symbol = names.symbols[name] {
      return symbol.kind == .gate || symbol.kind == .classifier
    }
    return names.models[name] != nil || names.embedders[name] != nil
  }

  var expectOffers: [Offer] {
    guard let subject = entrySubject else {
      let isAlways = block == .always
      return [
        .fields(
          DecisionWords.all.filter {
            !isAlways || !DecisionWords.ofAnsweredRequest.contains($0.word)
          })
      ]
    }
    guard isAtValue else { return [] }
    return DecisionWords.byWord[subject].map { values(of: $0.type) } ?? []
  }

  /// The field of an entry that is not finished; nil where a new one may begin.
  private var entrySubject: String? {
    guard let first = line.first, line.count <= 2 else { return nil }
    return line.count == 2 && line.last?.isComparison != true ? nil : first.text
  }

  private var isAtValue: Bool { line.count == 2 && line.last?.isComparison == true }
}
