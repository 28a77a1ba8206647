package import JSONReading
package import PolicySemantics

/// What a configuration says of a model under the keys of LiteLLM's price list, as far as it can be
/// taken: no price is asked for, and a key that cannot be taken takes no other along.
package struct LiteLLMDescription {
  /// Without `capabilities`.
  package let model: DraftModel
  /// What it says of abilities, yes or no; those it is silent about are not among them.
  package let abilities: [Capability: Bool]
  /// In the order they were found.
  package let faults: [Fault]

  /// Keys that were not taken.
  package struct Fault {
    /// As they were written; none where a price is missing.
    package let keys: [String]
    package let refusal: ImportRefusal
    /// Whether prices were left out for it.
    package let isAboutMoney: Bool
    /// Whether all of them were: a bill that may be higher than what is left says is not known.
    package let losesPrices: Bool
  }

  /// `name` is the model's name in the list, `value` an object with keys of the list.
  package init(_ name: String, _ value: JSONValue) {
    var faults: [Fault] = []
    var entry = LiteLLMEntry(name: name, word: name, value)
    var found: (model: DraftModel, abilities: [Capability: Bool])?
    // Each round takes keys out; a fault of none ends it.
    while let left = entry, found == nil {
      do throws(ImportRefusal) {
        found = try left.described()
      } catch {
        let fault = Fault(error, in: left)
        let gone = fault.keys + (fault.losesPrices ? left.money.map(\.key) : [])
        faults.append(fault)
        let rest = left.without(Set(gone))
        entry = rest.keys.count < left.keys.count ? rest : nil
      }
    }
    self.model =
      found?.model
      ?? DraftModel(kind: .chat, word: name, provider: "", upstream: name, prices: ModelPrices())
    abilities = found?.abilities ?? [:]
    self.faults = faults
  }
}

extension LiteLLMDescription.Fault {
  fileprivate init(_ refusal: ImportRefusal, in entry: LiteLLMEntry) {
    self.refusal = refusal
    switch refusal {
    case .wrongType(let key, _), .negative(let key), .tooFine(let key, _), .tooLarge(let key):
      keys = [key]
      isAboutMoney = CostKey.isAboutMoney(key)
      losesPrices = isAboutMoney && !Self.leavesOthers(key)
    case .billedApart(let names), .unknownPrices(let names), .conflict(let names):
      (keys, isAboutMoney, losesPrices) = (names, true, true)
    default:
      (keys, isAboutMoney, losesPrices) = ([], true, !entry.money.isEmpty)
    }
  }

  /// Whether the other prices bound the bill without this one: it is a discount, or an unknown price
  /// of all input or all output, over which no budget is held.
  private static func leavesOthers(_ key: String) -> Bool {
    guard let cost = CostKey(key), cost.threshold == nil, !cost.isOfTier else { return false }
    switch cost.subject {
    case .price(.input), .price(.output), .price(.cachedInput), .price(.batchInput),
      .price(.batchOutput):
      return true
    case .price, .images, .audio, .video, .otherAnswers, .otherMeasure, .search, .tools,
      .otherUnit, .uplift, .tiers:
      return false
    }
  }
}
