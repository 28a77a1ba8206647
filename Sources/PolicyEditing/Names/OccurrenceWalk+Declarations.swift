import PolicySyntax

extension OccurrenceWalk {
  mutating func visit(_ declaration: Declaration) {
    for symbol in declaration.symbols {
      declare(.declared(symbol.name.text), symbol.kind, symbol.name)
      for label in symbol.labels {
        declare(.label(label.text, of: symbol.name.text), .label, label)
      }
    }
    switch declaration.content {
    case .catalog, .zone, .importing: break
    case .condition(let node): visit(node.condition)
    case .facts(let facts): for fact in facts { visit(fact) }
    case .classifier(let node): visit(node)
    case .points(let node): for line in node.lines { visit(line.condition) }
    case .task(let node): visit(optional: node.condition)
    case .budget(let node):
      for name in node.per { declared(name) }
      visit(optional: node.condition)
    case .gate(let node): visit(node.condition, of: .answer)
    case .ladder(let node): for tier in node.tiers { visit(tier) }
    case .compression(let node):
      for name in node.targets { word(name.span) }
      visit(optional: node.condition)
      if let method = node.method { model(method) }
    case .guarding(let node):
      visit(optional: node.condition)
      for case .onlyModels(let condition, _) in node.lines { visit(condition, of: .model) }
    case .route(let node): visit(node)
    case .test(let node): visit(node)
    case .always(let node):
      visit(node.condition)
      for entry in node.entries { visit(expected: entry) }
    }
  }

  private mutating func visit(optional condition: Condition?) {
    if let condition { visit(condition) }
  }

  private mutating func visit(_ fact: FactDeclaration) {
    if case .byDefault(let value) = fact.presence { self.value(value, of: fact.name.text) }
  }

  private mutating func visit(_ node: ClassifierDeclaration) {
    if let reads = node.reads { word(reads.span) }
    switch node.method {
    case .ask(let name, _): model(name)
    case .nearest(_, _, let label): self.label(label.text, of: node.name.text, at: label.span)
    case .http, nil: break
    }
    if let failure = node.onFailure {
      label(failure.text, of: node.name.text, at: failure.span)
    }
  }

  private mutating func visit(_ tier: LadderDeclaration.Tier) {
    model(tier.model)
    for pass in tier.accepts { declared(pass.gate) }
    options(tier.options)
  }

  // MARK: Routes

  private mutating func visit(_ route: RouteDeclaration) {
    visit(optional: route.condition)
    for line in route.lines {
      switch line {
      case .use(let use): visit(use)
      case .cache(let cache): visit(cache)
      case .shape(let shape): visit(shape)
      case .compress(let name, _): declared(name)
      case .stop(let stop): visit(stop.condition, of: .runningAnswer)
      case .shadow(_, let target, _): self.target(target)
      case .split(let split): visit(split, of: route.name?.text ?? "otherwise")
      case .refuse, .batch, .stick: break
      }
    }
  }

  private mutating func visit(_ use: Use) {
    target(use.target)
    for fallback in use.fallbacks {
      for failure in fallback.on ?? [] { word(failure.span) }
      target(fallback.target)
    }
  }

  private mutating func visit(_ cache: CacheLine) {
    if case .similar(_, let encoder) = cache.kind { embedder(encoder) }
    if case .per(let name) = cache.scope { word(name.span) }
  }

  private mutating func visit(_ shape: ShapeLine) {
    switch shape.kind {
    case .set(let name, _), .byDefault(let name, _): field(name)
    case .system: break
    }
  }

  private mutating func visit(_ split: SplitLine, of route: String) {
    word(split.by.span)
    for arm in split.arms {
      if let name = arm.name { declare(.arm(name.text, of: route), .arm, name) }
      for shape in arm.shapes { visit(shape) }
      visit(arm.use)
    }
  }

  // MARK: Tests

  private mutating func visit(_ test: TestDeclaration) {
    for entry in test.request.written {
      subject(entry.subject)
      value(entry.value, of: entry.subject.text)
    }
    for line in test.given { visit(line) }
    for entry in test.expect { visit(expected: entry) }
  }

  private mutating func visit(_ given: TestDeclaration.Given) {
    switch given {
    case .fails(let name, let failure, let place, _):
      subjectOfGiven(name)
      word(failure.span)
      if let place { model(place) }
    case .value(let name, let value, let place, _):
      subjectOfGiven(name)
      self.value(value, of: name.text)
      if let place { model(place) }
    }
  }

  private mutating func visit(expected entry: Entry) {
    field(entry.subject)
    value(entry.value, of: entry.subject.text)
  }
}
