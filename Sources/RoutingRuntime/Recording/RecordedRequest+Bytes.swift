import PolicyGraph
import PolicySemantics
package import PolicySource
import PolicyUnits
import TokenEstimates

// The bytes: format, mark of policy and catalog, mark of the decision, then the values.
extension RecordedRequest {
  /// The second has the number of answers asked for; a request for one is written as ever.
  private static let formats: (one: UInt8, several: UInt8) = (1, 2)
  /// No text, no count and no estimate of one is this large.
  private static let most: Int64 = 1 << 48
  private static let mostChoices: Int64 = 1 << 16

  /// Whether bytes are those of a request for more answers than one, under whatever policy.
  package static func asksForSeveral(_ first: UInt8?) -> Bool { first == formats.several }

  /// The same request gives the same bytes.
  package func bytes(for decider: Decider) -> [UInt8] {
    var record = RecordWriter()
    record.unsigned(UInt64(choices == 1 ? Self.formats.one : Self.formats.several))
    record.word(decider.frozen.mark)
    record.word(mark)
    facts.write(to: &record, for: decider.graph)
    write(sizes, to: &record)
    record.signed(orNil: maxTokens)
    if choices != 1 { record.signed(choices) }
    record.count(RequestFormat.allCases.firstIndex(of: format) ?? 0)
    record.flag(hasImages)
    record.flag(hasUser)
    record.flag(hasConversation)
    record.signed(orNil: lastModel.map { Int64($0.index) })
    record.flag(splitDigest != nil)
    if let splitDigest {
      record.word(splitDigest.first)
      record.word(splitDigest.second)
    }
    record.count(budgetUse.count)
    for (budget, used) in budgetUse.sorted(by: { $0.key.index < $1.key.index }) {
      record.count(budget.index)
      record.signed(used)
    }
    write(expectations, to: &record)
    return record.bytes
  }

  private func write(_ sizes: RecordedSizes, to record: inout RecordWriter) {
    record.signed(sizes.messages)
    record.signed(sizes.definitions)
    record.flag(sizes.hasTools)
    write(sizes.system, to: &record)
    write(sizes.question, to: &record)
    write(sizes.context, to: &record)
  }

  private func write(_ part: RecordedSizes.Part, to record: inout RecordWriter) {
    record.signed(part.bytes)
    for tokens in part.tokens {
      record.signed(tokens.low)
      record.signed(tokens.expected)
      record.signed(tokens.high)
      record.signed(tokens.bound)
    }
  }

  private func write(_ expectations: Expectations, to record: inout RecordWriter) {
    record.signed(expectations.output)
    record.count(expectations.acceptance.count)
    for (model, rate) in expectations.acceptance.sorted(by: { $0.key.index < $1.key.index }) {
      record.count(model.index)
      record.signed(rate.share.millionths)
      record.text(rate.source)
    }
  }
}

extension RecordedRequest {
  /// Reads what was recorded under this decider's policy and catalog.
  ///
  /// - Throws: what is wrong with any other bytes. What is read can be decided and explained.
  package init(_ bytes: [UInt8], for decider: Decider) throws(RecordProblem) {
    var record = RecordReader(bytes)
    let format = try record.byte("format")
    guard [Self.formats.one, Self.formats.several].contains(format) else {
      throw .version(format)
    }
    guard try record.word("policy") == decider.frozen.mark else { throw .otherPolicy }
    mark = try record.word("decision")
    facts = try RecordedFacts(from: &record, for: decider.graph)
    sizes = try Self.sizes(from: &record, decider.frozen)
    maxTokens = try record.signed(orNil: "max_tokens")
    choices =
      format == Self.formats.one ? 1 : try record.signed("choices", in: 1...Self.mostChoices)
    self.format =
      RequestFormat.allCases[
        try record.index("format", below: RequestFormat.allCases.count)]
    hasImages = try record.flag("images")
    hasUser = try record.flag("user")
    hasConversation = try record.flag("conversation")
    let policy = decider.frozen.policy
    let models = policy.vocabulary.models.count
    lastModel =
      try record.flag("last model")
      ? ModelID(try record.signedIndex("last model", below: models)) : nil
    splitDigest =
      try record.flag("digest")
      ? StableHash.Digest(first: try record.word("digest"), second: try record.word("digest"))
      : nil
    var budgetUse: [BudgetID: Int64] = [:]
    for _ in 0..<(try record.count("budgets")) {
      let id = BudgetID(try record.index("budgets", below: policy.budgets.count))
      budgetUse[id] = try record.signed("budgets")
    }
    self.budgetUse = budgetUse
    expectations = try Self.expectations(from: &record, models: models)
    try record.end()
  }

  private static func sizes(
    from record: inout RecordReader, _ frozen: FrozenPolicy
  ) throws(RecordProblem) -> RecordedSizes {
    let messages = try record.signed("sizes", in: 0...most)
    let definitions = try record.signed("sizes", in: 0...(.max))
    let hasTools = try record.flag("sizes")
    return RecordedSizes(
      messages: messages, definitions: definitions, hasTools: hasTools,
      families: frozen.families, system: try part(from: &record, frozen),
      question: try part(from: &record, frozen), context: try part(from: &record, frozen))
  }

  private static func part(
    from record: inout RecordReader, _ frozen: FrozenPolicy
  ) throws(RecordProblem) -> RecordedSizes.Part {
    var part = RecordedSizes.Part(bytes: try record.signed("sizes", in: 0...most), tokens: [])
    for _ in frozen.families {
      part.tokens.append(
        TokenEstimate(
          low: try record.signed("tokens", in: 0...most),
          expected: try record.signed("tokens", in: 0...most),
          high: try record.signed("tokens", in: 0...most),
          bound: try record.signed("tokens", in: 0...most)))
    }
    return part
  }

  private static func expectations(
    from record: inout RecordReader, models: Int
  ) throws(RecordProblem) -> Expectations {
    let output = try record.signed("expectations", in: 0...(.max))
    var acceptance: [ModelID: Acceptance] = [:]
    for _ in 0..<(try record.count("expectations")) {
      let model = ModelID(try record.index("expectations", below: models))
      acceptance[model] = Acceptance(
        share: Share(millionths: try record.signed("expectations", in: 0...1_000_000)),
        source: try record.text("expectations"))
    }
    return Expectations(acceptance: acceptance, output: output)
  }
}

extension RecordReader {
  fileprivate mutating func index(
    _ what: StaticString, below count: Int
  ) throws(RecordProblem) -> Int {
    let index = try unsigned(what)
    guard index < UInt64(count) else { throw .outOfRange(what.description) }
    return Int(index)
  }

  fileprivate mutating func signedIndex(
    _ what: StaticString, below count: Int
  ) throws(RecordProblem) -> Int {
    Int(try signed(what, in: 0...Int64(max(0, count - 1))))
  }
}
