import PolicySemantics
import PolicyUnits

extension DecisionGraph {
  /// Reads a request's facts: types them against the declarations and fills in defaults.
  ///
  /// Metadata the policy does not declare is no error here: see ``undeclaredFacts(of:)``.
  /// - Throws: the first problem, in the order facts are declared.
  /// - Complexity: O(fields the policy reads + messages); texts are not looked at.
  package func facts(of input: RequestInput) throws(FactProblem) -> RequestFacts {
    let texts = RequestTexts(input.messages)
    let bytes = texts.byteCount
    guard bytes <= parts.scans.textLimit else {
      throw .textTooLong(bytes: bytes, limit: parts.scans.textLimit)
    }
    let slots = parts.slots
    var values = [Int64](repeating: SlotValue.unread, count: slots.count)
    var factTexts: [String] = []
    for index in policy.facts.indices {
      let value = try value(of: FactID(index), in: input)
      switch value {
      case .bool(let flag): values[index] = flag ? 1 : 0
      case .count(let count): values[index] = count
      case .label(let label): values[index] = Int64(label)
      case .text(let text):
        if factTexts.isEmpty {
          factTexts = Array(repeating: "", count: policy.facts.count)
        }
        factTexts[index] = text
        values[index] = number(ofName: text)
      }
    }
    for (classifier, label) in input.state.classifiers
    where policy.classifiers.indices.contains(classifier.index) {
      values[slots.slot(of: classifier)] = Int64(label)
    }
    let identities = RequestIdentities(input)
    let first = slots.factCount + slots.classifierCount
    for (index, source) in slots.read.enumerated() {
      values[first + index] = value(of: source, in: input, texts, identities)
    }
    return RequestFacts(
      values: values, factTexts: factTexts, texts: texts, toolNames: input.toolNames,
      identities: identities, classifierSlots: slots.factCount..<first)
  }

  /// Names in a request's metadata and key facts that no fact of the policy reads from there,
  /// sorted.
  ///
  /// A wire request may carry metadata for others; a command line may not.
  package func undeclaredFacts(of input: RequestInput) -> [String] {
    var metadata = Set(input.metadata.keys)
    var key = Set(input.keyFacts.keys)
    for fact in policy.facts {
      switch fact.origin {
      case .metadata: metadata.remove(fact.name)
      case .key: key.remove(fact.name)
      case .header: break
      }
    }
    return metadata.union(key).sorted()
  }

  /// A name as tests compare it.
  func number(ofName name: String) -> Int64 {
    parts.names.number(of: name).map(Int64.init) ?? SlotValue.unnamed
  }

  private func value(
    of id: FactID, in input: RequestInput
  ) throws(FactProblem) -> FactValue {
    let fact = policy[id]
    let given: GivenFact? =
      switch fact.origin {
      case .metadata: input.metadata[fact.name]
      case .key: input.keyFacts[fact.name]
      case .header(let header): input.headers[header].map(GivenFact.text)
      }
    guard let given else {
      if let value = parts.defaults[id.index] { return value }
      throw .missing(declared(id))
    }
    guard let value = fact.type.value(of: given) else {
      throw .outsideType(declared(id), given: given)
    }
    return value
  }

  private func declared(_ id: FactID) -> FactProblem.DeclaredFact {
    let fact = policy[id]
    return FactProblem.DeclaredFact(
      id: id, name: fact.name, origin: fact.origin, type: fact.type)
  }
}
