import PolicySemantics
package import PolicySource
import TextPatterns

// The bytes of recorded facts. What the graph knows is not written: how many there are of each.
extension RecordedFacts {
  /// Appends the facts; what a reader finds again in the texts and identities is left out.
  package func write(to record: inout RecordWriter, for graph: DecisionGraph) {
    let parts = graph.parts
    record.text(identities.model)
    record.text(orNil: identities.tenant)
    record.text(orNil: identities.user)
    record.text(orNil: identities.key)
    record.text(orNil: identities.conversation)
    for (index, fact) in parts.policy.facts.enumerated() {
      switch fact.type {
      case .text: record.text(factTexts[index])
      case .bool, .count, .labels: record.signed(values[index])
      }
    }
    for index in 0..<parts.slots.classifierCount {
      let label = values[parts.slots.factCount + index]
      record.signed(orNil: label == SlotValue.unread ? nil : label)
    }
    let first = parts.slots.factCount + parts.slots.classifierCount
    for (index, source) in parts.slots.read.enumerated() {
      switch source {
      case .model, .identity: break
      case .language: record.text(texts.language ?? "")
      case .stream, .healthy, .format, .weekday, .hour, .date, .maxTokens, .temperature, .tools,
        .images, .messages, .turn, .budgetUsedShare, .budgetLeftShare, .budgetUsed, .budgetLeft,
        .chars, .tokens, .lines:
        record.signed(values[first + index])
      }
    }
    if !parts.scans.tools.isEmpty {
      record.count(toolNames.count)
      for name in toolNames { record.text(name) }
    }
    for place in parts.scans.kinds.indices { writeScan(place, parts.scans, to: &record) }
  }

  private func writeScan(_ place: Int, _ scans: TextScans, to record: inout RecordWriter) {
    let kinds = scans.kinds[place]
    guard !kinds.isEmpty else { return }
    let answers = texts.answers.isEmpty ? TextAnswers() : texts.answers[place]
    record.unsigned(UInt64(answers.done))
    let held = kinds.indices.filter(answers.holds)
    record.count(held.count)
    var last = -1
    for test in held {
      record.count(test - last - 1)
      last = test
      if scans.hasMembers(place, test) {
        record.count((texts.member(of: test, in: place) ?? -1) + 1)
      }
    }
  }
}

extension RecordedFacts {
  /// Reads what ``write(to:for:)`` wrote under the same graph.
  ///
  /// - Throws: what is wrong with other bytes; every value that is read is one the graph can take.
  package init(
    from record: inout RecordReader, for graph: DecisionGraph
  ) throws(RecordProblem) {
    let parts = graph.parts
    let identities = try RequestIdentities(from: &record)
    var (values, factTexts) = try Self.facts(from: &record, graph)
    for classifier in parts.policy.classifiers {
      let label = try record.signed(orNil: "classifier")
      if let label, !classifier.labels.indices.contains(Int(clamping: label)) {
        throw .outOfRange("classifier")
      }
      values.append(label ?? SlotValue.unread)
    }
    var language: String?
    for source in parts.slots.read {
      if case .language = source {
        let code = try record.text("language")
        language = code
        values.append(graph.number(ofName: code))
      } else {
        values.append(try Self.value(of: source, from: &record, identities, graph))
      }
    }
    var toolNames: [String] = []
    if !parts.scans.tools.isEmpty {
      for _ in 0..<(try record.count("tools")) { toolNames.append(try record.text("tools")) }
    }
    var answers: [TextAnswers] = []
    var members: [[Int32]] = []
    for place in parts.scans.kinds.indices {
      let (found, words) = try Self.scan(place, parts.scans, from: &record)
      answers.append(found)
      members.append(words)
    }
    self.init(
      values: values, factTexts: factTexts, identities: identities, toolNames: toolNames,
      texts: RecordedTexts(answers: answers, members: members, language: language),
      classifierSlots: parts.slots
        .factCount..<(parts.slots.factCount + parts.slots.classifierCount))
  }

  private static func facts(
    from record: inout RecordReader, _ graph: DecisionGraph
  ) throws(RecordProblem) -> (values: [Int64], texts: [String]) {
    var values: [Int64] = []
    values.reserveCapacity(graph.parts.slots.count)
    var texts: [String] = []
    for (index, fact) in graph.policy.facts.enumerated() {
      switch fact.type {
      case .text:
        if texts.isEmpty { texts = Array(repeating: "", count: graph.policy.facts.count) }
        texts[index] = try record.text("fact")
        values.append(graph.number(ofName: texts[index]))
      case .bool: values.append(try record.signed("fact", in: 0...1))
      case .count: values.append(try record.signed("fact", in: 0...(.max)))
      case .labels(let labels):
        values.append(try record.signed("fact", in: 0...Int64(max(0, labels.count - 1))))
      }
    }
    return (values, texts)
  }

  private static func value(
    of source: SlotSource, from record: inout RecordReader, _ identities: RequestIdentities,
    _ graph: DecisionGraph
  ) throws(RecordProblem) -> Int64 {
    switch source {
    case .model: return graph.number(ofName: identities.model)
    case .identity(let identity):
      return identities[identity].map(graph.number(ofName:)) ?? SlotValue.absent
    case .language: return SlotValue.unnamed
    case .stream, .healthy: return try record.signed("flag", in: 0...1)
    case .format: return try record.signed("format", in: 0...2)
    case .weekday: return try record.signed("weekday", in: 0...6)
    case .hour: return try record.signed("hour", in: 0...23)
    case .chars, .tokens, .lines: return try record.signed("measure", in: 0...(.max))
    case .date, .maxTokens, .temperature, .tools, .images, .messages, .turn, .budgetUsedShare,
      .budgetLeftShare, .budgetUsed, .budgetLeft:
      return try record.signed("number")
    }
  }

  private static func scan(
    _ place: Int, _ scans: TextScans, from record: inout RecordReader
  ) throws(RecordProblem) -> (TextAnswers, members: [Int32]) {
    let kinds = scans.kinds[place]
    guard !kinds.isEmpty else { return (TextAnswers(), []) }
    let done = try record.unsigned("scan")
    guard done < 1 << UInt64(TextScans.Kind.allCases.count) else { throw .outOfRange("scan") }
    var answers = TextAnswers(
      done: UInt8(done), hits: Array(repeating: 0, count: (kinds.count + 63) / 64))
    var members = [Int32](repeating: -1, count: kinds.count)
    var test = -1
    for _ in 0..<(try record.count("scan")) {
      let step = try record.unsigned("scan")
      guard step < UInt64(kinds.count), test + 1 + Int(step) < kinds.count else {
        throw .outOfRange("scan")
      }
      test += 1 + Int(step)
      answers.hits[test / 64] |= 1 << UInt64(test % 64)
      if scans.hasMembers(place, test) {
        let member = try record.unsigned("word")
        guard member <= UInt64(scans.memberCount(place, test)) else { throw .outOfRange("word") }
        members[test] = Int32(member) - 1
      }
    }
    return (answers, members)
  }
}

extension RequestIdentities {
  fileprivate init(from record: inout RecordReader) throws(RecordProblem) {
    let model = try record.text("model")
    let tenant = try record.text(orNil: "tenant")
    let user = try record.text(orNil: "user")
    let key = try record.text(orNil: "key")
    self.init(
      model: model, tenant: tenant, user: user, key: key,
      conversation: try record.text(orNil: "conversation"))
  }
}

extension TextScans {
  /// Whether a test looks for any of a list of words.
  fileprivate func hasMembers(_ place: Int, _ test: Int) -> Bool {
    switch kinds[place][test] {
    case .mentions, .contains: true
    case .startsWith, .matches, .has: false
    }
  }

  fileprivate func memberCount(_ place: Int, _ test: Int) -> Int {
    switch sets[place]?.patterns[test] {
    case .mentions(let words), .contains(let words): words.count
    case .startsWith, .matches, .has, nil: 0
    }
  }
}
