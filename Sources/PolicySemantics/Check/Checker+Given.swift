import PolicySource
import PolicySyntax

/// The `given` lines of a test: outcomes that only a run would bring.
extension Checker {
  mutating func checkGiven(_ line: TestDeclaration.Given) -> CheckedTest.Given? {
    switch line {
    case .fails(let name, let failure, let place, let span):
      return checkFailure(name, failure, at: place, span)
    case .value(let name, let value, let place, let span):
      return checkGiven(name, value, at: place, span)
    }
  }

  private mutating func checkGiven(
    _ name: Name, _ value: Value, at place: Name?, _ span: Span
  ) -> CheckedTest.Given? {
    if let symbol = scope[name.text] {
      switch symbol.kind {
      case .gate: return checkOutcome(GateID(symbol.index), name, value, at: place, span)
      case .classifier:
        guard standsAlone(name, place) else { return nil }
        let id = ClassifierID(symbol.index)
        return readLabel(value, of: name.text, .classifier(id))
          .map { .classifier(id, label: $0, span) }
      case .fact, .condition, .points, .task, .budget, .ladder, .compression, .guarding, .route,
        .model, .embedder, .target, .zone, .field, .parameter, .score:
        add(
          NameProblem.wrongKind(
            name.text, is: symbol.kind,
            wanted: "a gate, a classifier, `BUDGET.used` or a model"),
          at: name.span)
        return nil
      }
    }
    if let model = scope.model(name.text) {
      guard standsAlone(name, place) else { return nil }
      return checkHealth(model, name, value, span)
    }
    if name.text.hasSuffix(".used"), let symbol = scope[String(name.text.dropLast(5))],
      symbol.kind == .budget
    {
      guard standsAlone(name, place) else { return nil }
      return checkUsed(BudgetID(symbol.index), name, value, span)
    }
    guard vocabulary != nil else { return nil }
    let near = report.nearName(
      name.text,
      among: scope.names(of: [.gate, .classifier])
        + scope.names(of: [.budget]).map { $0 + ".used" } + scope.modelNames)
    unknown(.field, name, near: near)
    return nil
  }

  private mutating func checkOutcome(
    _ gate: GateID, _ name: Name, _ value: Value, at place: Name?, _ span: Span
  ) -> CheckedTest.Given? {
    guard let answers = checkPlace(place, of: gate, name) else { return nil }
    switch gateKinds[gate.index] {
    case .scores:
      return readScore(value, of: name.text).map { .score(gate, $0, at: answers.model, span) }
    case .decides:
      return readBool(value, of: name.text).map { .verdict(gate, $0, at: answers.model, span) }
    }
  }

  /// Whose answers a gate's outcome is about: one model's, or all.
  private struct Answers { var model: ModelID? }

  /// Nil after saying what is wrong.
  private mutating func checkPlace(_ place: Name?, of gate: GateID, _ name: Name) -> Answers? {
    guard let place else { return Answers() }
    guard let model = lookUpModel(place) else { return nil }
    guard isAsked(gate, of: place.text) else {
      let line = "\(name.text) at \(place.text)"
      add(
        RouteProblem.uselessLine(
          line, because: "no tier of \(place.text.quoted) accepts by \(name.text.quoted)"),
        at: place.span)
      return nil
    }
    return Answers(model: model)
  }

  // MARK: Failures

  /// `NAME fails FAILURE`: a model, the encoder, or what a gate or a classifier asks.
  private mutating func checkFailure(
    _ name: Name, _ word: Name, at place: Name?, _ span: Span
  ) -> CheckedTest.Given? {
    let failure = choose(word, for: "fails", among: CallFailure.self)
    if let symbol = scope[name.text] {
      switch symbol.kind {
      case .gate:
        let gate = GateID(symbol.index)
        guard canFail(gate) else {
          add(
            RouteProblem.uselessLine(
              "\(name.text) fails", because: "the gate asks nobody, so it cannot fail"),
            at: name.span)
          return nil
        }
        guard let answers = checkPlace(place, of: gate, name), failure != nil else { return nil }
        return .gateFails(gate, at: answers.model, span)
      case .classifier:
        guard standsAlone(name, place, usage: "fails"), failure != nil else { return nil }
        return .classifierFails(ClassifierID(symbol.index), span)
      case .fact, .condition, .points, .task, .budget, .ladder, .compression, .guarding, .route,
        .model, .embedder, .target, .zone, .field, .parameter, .score:
        add(
          NameProblem.wrongKind(name.text, is: symbol.kind, wanted: Self.whatFails),
          at: name.span)
        return nil
      }
    }
    if let embedder = scope.embedder(name.text) {
      guard standsAlone(name, place, usage: "fails"), failure != nil else { return nil }
      return .embedderFails(embedder, span)
    }
    guard let model = scope.model(name.text) else {
      guard vocabulary != nil else { return nil }
      let near = report.nearName(
        name.text,
        among: scope.names(of: [.gate, .classifier]) + scope.modelNames + scope.embedderNames)
      unknown(scope.setAside(name.text) == nil ? .field : .model, name, near: near)
      return nil
    }
    guard standsAlone(name, place, usage: "fails"), let failure else { return nil }
    return .fails(model, failure, span)
  }

  private static var whatFails: String { "a model, an embedder, a gate or a classifier" }

  /// Whether a gate hangs on what somebody else says: its own score, or that of a gate it reads.
  private func canFail(_ gate: GateID) -> Bool {
    var queue = [gate]
    var seen = Set(queue)
    while let next = queue.popLast() {
      if gateLinks[next.index].scores { return true }
      queue += gateLinks[next.index].gates.filter { seen.insert($0).inserted }
    }
    return false
  }

  /// Whether some tier holds the answers of a model against a gate, or against one that reads it.
  private func isAsked(_ gate: GateID, of model: String) -> Bool {
    let tiers = declared.ladders.flatMap(\.node.tiers).filter { $0.model.text == model }
    var queue = tiers.flatMap(\.accepts).compactMap { pass in
      scope[pass.gate.text].flatMap { $0.kind == .gate ? GateID($0.index) : nil }
    }
    var seen = Set(queue)
    while let next = queue.popLast() {
      if next == gate { return true }
      for read in gateLinks[next.index].gates where seen.insert(read).inserted {
        queue.append(read)
      }
    }
    return false
  }

  /// Only a gate's outcome belongs to one model.
  private mutating func standsAlone(
    _ name: Name, _ place: Name?, usage: String = "="
  ) -> Bool {
    guard let place else { return true }
    add(
      TypeProblem.wrongArguments(name.text, usage: "\(name.text) \(usage) …"), at: place.span)
    return false
  }

  private mutating func checkHealth(
    _ model: ModelID, _ name: Name, _ value: Value, _ span: Span
  ) -> CheckedTest.Given? {
    let expected = "`healthy` or `unhealthy`"
    guard let word = readWord(value, of: name.text, expected: expected) else { return nil }
    guard word.text == "healthy" || word.text == "unhealthy" else {
      unknownValue(word, of: name.text, choices: ["healthy", "unhealthy"])
      return nil
    }
    return .healthy(model, word.text == "healthy", span)
  }

  private mutating func checkUsed(
    _ budget: BudgetID, _ name: Name, _ value: Value, _ span: Span
  ) -> CheckedTest.Given? {
    if case .share = value.kind {
      return readShare(value, of: name.text, allowsZero: true)
        .map { .budgetUsedShare(budget, $0, span) }
    }
    let cap = declared.budgets[budget.index].node.amount
    return readBudgetAmount(value, of: name.text, cap).map { .budgetUsed(budget, $0, span) }
  }
}

extension TestDeclaration.Given {
  /// What it is about: given once.
  ///
  /// A gate or a classifier answers or fails; a model that fails may be taken to be healthy.
  func part(failsApart: Bool) -> String {
    switch self {
    case .value(let name, _, let place, _):
      name.text + (place.map { " at \($0.text)" } ?? "")
    case .fails(let name, _, let place, _):
      name.text + (failsApart ? " fails" : place.map { " at \($0.text)" } ?? "")
    }
  }

  var subject: Name {
    switch self {
    case .value(let name, _, _, _), .fails(let name, _, _, _): name
    }
  }

  var span: Span {
    switch self {
    case .value(_, _, _, let span), .fails(_, _, _, let span): span
    }
  }
}
