import PolicySource

/// What a declared name stands for: the index is into the array of its kind.
struct Symbol: Sendable {
  let kind: NameKind
  let index: Int
  let span: Span
  let isImported: Bool
  /// Its place among all names, in written order.
  let number: Int
}

/// Every name of the policy and of its catalog, and which of them were used.
struct Scope: Sendable {
  private(set) var symbols: [String: Symbol] = [:]
  /// Declared names in written order.
  private(set) var names: [String] = []
  private var namesByKind: [NameKind: [String]] = [:]
  private var used: [Bool] = []
  /// Nil if the catalog could not be read: then no model is unknown.
  let vocabulary: Vocabulary?
  private let models: [String: Int]
  private let embedders: [String: Int]
  private let held: [String: Int]
  let zone: String?

  init(vocabulary: Vocabulary?, zone: String?) {
    self.vocabulary = vocabulary
    self.zone = zone
    models = Self.index(vocabulary?.models.map(\.name) ?? [])
    embedders = Self.index(vocabulary?.embedders.map(\.name) ?? [])
    held = Self.index(vocabulary?.setAside.map(\.name) ?? [])
  }

  private static func index(_ names: [String]) -> [String: Int] {
    Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
  }

  subscript(name: String) -> Symbol? { symbols[name] }

  /// Enters a name; the first declaration of it if there is one already.
  mutating func declare(
    _ name: String, _ kind: NameKind, index: Int, at span: Span, isImported: Bool
  ) -> Symbol? {
    if let first = symbols[name] { return first }
    symbols[name] = Symbol(
      kind: kind, index: index, span: span, isImported: isImported, number: names.count)
    names.append(name)
    namesByKind[kind, default: []].append(name)
    used.append(false)
    return nil
  }

  mutating func use(_ symbol: Symbol) { used[symbol.number] = true }

  /// Counts a name as used if it is declared: a misspelt use is no second finding.
  mutating func use(name: String) {
    if let symbol = symbols[name] { use(symbol) }
  }

  func model(_ name: String) -> ModelID? { models[name].map(ModelID.init) }
  func embedder(_ name: String) -> EmbedderID? { embedders[name].map(EmbedderID.init) }

  /// A model or embedder that the catalog keeps back.
  func setAside(_ name: String) -> SetAsideModel? {
    held[name].flatMap { vocabulary?.setAside[$0] }
  }

  /// Declared names of these kinds, kind by kind, each in written order.
  func names(of kinds: [NameKind]) -> [String] {
    guard kinds.count != 1 else { return namesByKind[kinds[0]] ?? [] }
    return kinds.flatMap { namesByKind[$0] ?? [] }
  }

  var modelNames: [String] { vocabulary?.models.map(\.name) ?? [] }
  var embedderNames: [String] { vocabulary?.embedders.map(\.name) ?? [] }

  /// The policy's own names nobody used, in written order; what an import brings is there for
  /// others too.
  var unused: [(name: String, symbol: Symbol)] {
    names.compactMap { name in
      guard let symbol = symbols[name], !used[symbol.number], !symbol.isImported else { return nil }
      return (name, symbol)
    }
  }
}
