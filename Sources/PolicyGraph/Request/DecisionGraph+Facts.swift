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
    // In the order of the slots: the facts, the classifiers, the fields that are read.
    var values: [Int64] = []
    values.reserveCapacity(parts.slots.count)
    var factTexts: [String] = []
    for index in parts.facts.indices {
      switch try parts.facts[index].value(in: input) {
      case .bool(let flag): values.append(flag ? 1 : 0)
      case .count(let count): values.append(count)
      case .label(let label): values.append(Int64(label))
      case .text(let text):
        if factTexts.isEmpty { factTexts = parts.facts.map { _ in "" } }
        factTexts[index] = text
        values.append(number(ofName: text))
      }
    }
    for _ in 0..<parts.slots.classifierCount { values.append(SlotValue.unread) }
    for (classifier, label) in input.state.classifiers
    where classifier.index < parts.slots.classifierCount && classifier.index >= 0 {
      values[parts.slots.slot(of: classifier)] = Int64(label)
    }
    let identities = RequestIdentities(input)
    for index in parts.slots.read.indices {
      values.append(value(of: parts.slots.read[index], in: input, texts, identities))
    }
    return RequestFacts(
      values: values, factTexts: factTexts, texts: texts, toolNames: input.toolNames,
      identities: identities,
      classifierSlots: parts.slots.factCount..<(parts.slots.factCount + parts.slots.classifierCount)
    )
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
}
