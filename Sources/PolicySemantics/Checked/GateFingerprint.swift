import PolicySource
import PolicySyntax
import PolicyUnits

extension CheckedPolicy {
  /// What a gate asks of an answer, as a short digest: the same for the same meaning, wherever and
  /// however it is written.
  ///
  /// Judges' questions, the models they are and what their providers call them, schemas and examples
  /// are part of it; thresholds of tiers are not. O(size of the gate and its files).
  package func fingerprint(of gate: GateID) -> String {
    var print = GatePrint(policy: self)
    print.add(gate)
    return print.hash.digest.short
  }

  /// What its providers call a model, in order; its own name where nobody knows.
  package func version(of model: ModelID) -> String {
    let names = Set(self[model].deployments.compactMap(\.upstream)).sorted()
    return names.isEmpty ? self[model].name : names.joined(separator: ", ")
  }
}

/// A gate as fields of a hash, each with its length before it.
private struct GatePrint {
  let policy: CheckedPolicy
  var hash = StableHash()
  /// The gates spelled out so far, numbered: one that is read again is not spelled out again.
  private var spelled: [GateID: Int] = [:]

  init(policy: CheckedPolicy) { self.policy = policy }

  mutating func add(_ gate: GateID) {
    if let number = spelled[gate] {
      hash.combine("again")
      return hash.combine(UInt64(number))
    }
    spelled[gate] = spelled.count
    hash.combine(policy[gate].acceptsOnFailure ? "accepts" : "rejects")
    switch policy[gate].body {
    case .decides(let condition): add(condition)
    case .scores(let score): add(score)
    }
  }

  private mutating func add(_ word: String, _ parts: [AnswerCondition]) {
    hash.combine(word)
    hash.combine(UInt64(parts.count))
    for part in parts { add(part) }
  }

  private mutating func add(_ condition: AnswerCondition) {
    switch condition {
    case .all(let parts, _): add("all", parts)
    case .any(let parts, _): add("any", parts)
    case .not(let part, _): add("not", [part])
    case .gate(let id, _):
      hash.combine("gate")
      add(id)
    case .test(let test, _): add(test)
    case .scored(let score, let comparison, let threshold, _):
      hash.combine("scored " + comparison.rawValue)
      hash.combine(UInt64(bitPattern: threshold.millionths))
      add(score)
    }
  }

  private mutating func add(_ test: AnswerTest) {
    switch test {
    case .refusal: hash.combine("refusal")
    case .json: hash.combine("json")
    case .sameLanguage: hash.combine("same_language")
    case .citesContext: hash.combine("cites_context")
    case .repeatsQuestion: hash.combine("repeats_question")
    case .schema(let file): add("schema", file: file)
    case .text(let test): add(test)
    case .length(let unit, let comparison, let count):
      hash.combine("length \(unit.rawValue) \(comparison.rawValue)")
      hash.combine(UInt64(bitPattern: count))
    case .finish(let reasons): add("finish", reasons.map(\.rawValue).sorted())
    }
  }

  private mutating func add(_ test: TextTest) {
    switch test {
    case .mentions(let words): add("mentions", words)
    case .contains(let texts): add("contains", texts)
    case .startsWith(let text): add("starts with", [text])
    case .matches(let pattern): add("matches", [pattern])
    case .has(let features): add("has", features.map(\.rawValue))
    }
  }

  private mutating func add(_ score: AnswerScore) {
    switch score {
    case .judge(let model, let prompt): add("judge", [policy.version(of: model), prompt])
    case .agrees(let model): add("agrees", [policy.version(of: model)])
    case .similar(let file): add("similar", file: file)
    case .logprob(let percentile): hash.combine("logprob \(percentile)")
    case .http(let url, let higherIsBetter):
      add("http", [url, higherIsBetter ? "higher" : "lower"])
    case .gate(let id):
      hash.combine("gate")
      add(id)
    case .mix(let parts):
      hash.combine("mix")
      hash.combine(UInt64(parts.count))
      for part in parts {
        hash.combine(UInt64(bitPattern: part.share.millionths))
        add(part.score)
      }
    }
  }

  private mutating func add(_ word: String, _ texts: [String]) {
    hash.combine(word)
    hash.combine(UInt64(texts.count))
    for text in texts { hash.combine(text) }
  }

  private mutating func add(_ word: String, file: String) {
    add(word, [policy.files[file]?.text ?? ""])
  }
}
