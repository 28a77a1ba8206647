import PolicySource
import PolicySyntax

/// Gates: a yes/no or a score, decided before any of them is checked.
extension Checker {
  /// What each gate is, by its shape alone: references are followed, circles are left to
  /// ``reportCycles``.
  mutating func classifyGates() {
    var kinds = [GateKind?](repeating: nil, count: declared.gates.count)
    for start in declared.gates.indices where kinds[start] == nil {
      var path: [Int] = []
      var next: Int? = start
      var found = GateKind.decides
      while let gate = next {
        if let known = kinds[gate] {
          found = known
          break
        }
        if path.contains(gate) { break }
        path.append(gate)
        switch shape(of: declared.gates[gate].node.condition) {
        case .known(let kind):
          found = kind
          next = nil
        case .sameAs(let other): next = other
        }
      }
      for gate in path { kinds[gate] = found }
    }
    gateKinds = kinds.map { $0 ?? .decides }
  }

  private enum Shape {
    case known(GateKind)
    /// As another gate: a bare name, or the first part of a mix.
    case sameAs(Int)
  }

  private func shape(of condition: Condition) -> Shape {
    switch condition {
    case .group(let inner, _):
      return shape(of: inner)
    case .term(let term) where term.check == nil:
      if let field = AnswerField(rawValue: term.subject.text) {
        guard field.isScore else { return .known(.decides) }
        switch field {
        case .http:
          return .known(.scores(higherIsBetter: !term.isLowerBetter))
        case .mix:
          let first = term.arguments?.first?.value.kind
          if case .word(let gate) = first, let symbol = scope[gate], symbol.kind == .gate {
            return .sameAs(symbol.index)
          }
          return .known(.scores(higherIsBetter: true))
        case .refusal, .json, .sameLanguage, .citesContext, .repeatsQuestion, .schema, .answer,
          .length, .finish, .judge, .agrees, .similar, .logprob:
          return .known(.scores(higherIsBetter: true))
        }
      }
      if let symbol = scope[term.subject.text], symbol.kind == .gate {
        return .sameAs(symbol.index)
      }
      return .known(.decides)
    case .and, .or, .not, .term, .missing:
      return .known(.decides)
    }
  }

  mutating func checkGates() -> [CheckedGate?] {
    declared.gates.indices.map { index in
      let found = declared.gates[index]
      gateReads = []
      gateModels = []
      gateScores = false
      defer {
        gateLinks.append(GateLinks(gates: gateReads, models: gateModels, scores: gateScores))
      }
      let body: CheckedGate.Body?
      switch gateKinds[index] {
      case .scores: body = checkScoreBody(found.node.condition).map { .scores($0) }
      case .decides: body = checkAnswer(found.node.condition).map { .decides($0) }
      }
      let accepts = checkFailureWord(found.node)
      guard let body, let accepts else { return nil }
      return CheckedGate(
        name: found.node.name.text, body: body, acceptsOnFailure: accepts, span: found.span)
    }
  }

  private mutating func checkFailureWord(_ gate: GateDeclaration) -> Bool? {
    guard let word = gate.onFailure else { return false }
    switch word.text {
    case "accept": return true
    case "reject": return false
    default:
      unknownValue(word, of: "on failure", choices: ["reject", "accept"])
      return nil
    }
  }

  private mutating func checkScoreBody(_ condition: Condition) -> AnswerScore? {
    switch condition {
    case .group(let inner, _): checkScoreBody(inner)
    case .term(let term): checkScore(term)
    case .and, .or, .not, .missing: nil
    }
  }
}

extension Term {
  /// Whether an `http(…)` says `lower_is_better`.
  var isLowerBetter: Bool {
    guard let argument = arguments?.dropFirst().first else { return false }
    return argument.value.kind == .word("lower_is_better")
  }
}
