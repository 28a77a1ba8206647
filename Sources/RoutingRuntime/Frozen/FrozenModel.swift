package import PolicySemantics

/// A model as planning looks at it.
///
/// A class, so that a call that looks at it does not copy its prices.
package final class FrozenModel: Sendable {
  package let id: ModelID
  package let tariff: Tariff
  package let window: Int64?
  package let maxOutput: Int64?
  package let abilities: Abilities
  package let tokenizer: TokenizerFamily
  package let acceptance: Acceptance?
  package let deployments: [Int]

  init(_ id: ModelID, _ entry: ModelEntry) {
    self.id = id
    self.tariff = Tariff(entry.prices)
    self.window = entry.window
    self.maxOutput = entry.maxOutput
    self.abilities = Abilities(entry.capabilities)
    self.tokenizer = entry.tokenizer
    self.acceptance = entry.acceptance
    self.deployments = Array(entry.deployments.indices)
  }
}

/// What a request may need of a model, as bits.
package struct Abilities: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let tools = Abilities(rawValue: 1)
  package static let images = Abilities(rawValue: 2)
  package static let json = Abilities(rawValue: 4)
  package static let jsonSchema = Abilities(rawValue: 8)

  init(_ capabilities: Set<Capability>) {
    self = []
    if capabilities.contains(.tools) { insert(.tools) }
    if capabilities.contains(.images) { insert(.images) }
    if capabilities.contains(.json) { insert(.json) }
    // A model that keeps to a schema can also just write JSON.
    if capabilities.contains(.jsonSchema) { formUnion([.json, .jsonSchema]) }
  }

  /// The first ability of these that is not here.
  func missing(_ needed: Abilities) -> Capability? {
    let missing = needed.subtracting(self)
    if missing.isEmpty { return nil }
    if missing.contains(.tools) { return .tools }
    if missing.contains(.images) { return .images }
    return missing.contains(.json) ? .json : .jsonSchema
  }
}
