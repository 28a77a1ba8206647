import PolicySemantics
import PolicySyntax
import PolicyUnits

// What is asked of an answer, with the texts of the files it is held against.
extension ArmWriter {
  private enum Tag: UInt8 {
    case all = 32
    case any, not, gate, test, scored
    case refusal, json, sameLanguage, citesContext, repeatsQuestion, schema, text, length, finish
    case judge, agrees, similar, logprob, http, mix
    case mentions, contains, startsWith, matches, has
    case answer, complete, repeating
  }

  private mutating func mark(_ tag: Tag) { bytes.add(tag: tag.rawValue) }

  /// What is made of parts: how many, then each.
  private mutating func add<Part>(
    _ tag: Tag, of parts: [Part], _ add: (inout ArmWriter, Part) -> Void
  ) {
    mark(tag)
    bytes.add(count: parts.count)
    for part in parts { add(&self, part) }
  }

  /// Gates cannot read themselves, so this ends.
  mutating func add(_ id: GateID) {
    let gate = policy[id]
    mark(.gate)
    bytes.add(gate.acceptsOnFailure)
    switch gate.body {
    case .decides(let condition): add(condition)
    case .scores(let score): add(score)
    }
  }

  private mutating func add(_ condition: AnswerCondition) {
    switch condition {
    case .all(let parts, _): add(.all, of: parts) { $0.add($1) }
    case .any(let parts, _): add(.any, of: parts) { $0.add($1) }
    case .not(let part, _):
      mark(.not)
      add(part)
    case .gate(let id, _): add(id)
    case .test(let test, _):
      mark(.test)
      add(test)
    case .scored(let score, let comparison, let threshold, _):
      mark(.scored)
      add(score)
      bytes.add(comparison.rawValue)
      bytes.add(threshold.millionths)
    }
  }

  private mutating func add(_ test: AnswerTest) {
    switch test {
    case .refusal: mark(.refusal)
    case .json: mark(.json)
    case .sameLanguage: mark(.sameLanguage)
    case .citesContext: mark(.citesContext)
    case .repeatsQuestion: mark(.repeatsQuestion)
    case .schema(let file):
      mark(.schema)
      add(file: file)
    case .text(let test): add(test)
    case .length(let unit, let comparison, let count):
      mark(.length)
      bytes.add(unit.rawValue)
      bytes.add(comparison.rawValue)
      bytes.add(count)
    case .finish(let reasons):
      mark(.finish)
      add(reasons.map(\.rawValue))
    }
  }

  private mutating func add(_ score: AnswerScore) {
    switch score {
    case .judge(let model, let prompt):
      mark(.judge)
      add(model)
      bytes.add(prompt)
    case .agrees(let model):
      mark(.agrees)
      add(model)
    case .similar(let file):
      mark(.similar)
      add(file: file)
      // Which one reads the examples is the catalog's to say.
      add(policy.vocabulary.embedders.map(\.name))
    case .logprob(let percentile):
      mark(.logprob)
      bytes.add(Int64(percentile))
    case .http(let url, let isBetter):
      mark(.http)
      bytes.add(url)
      bytes.add(isBetter)
    case .gate(let id): add(id)
    case .mix(let parts):
      add(.mix, of: parts) { writer, part in
        writer.bytes.add(part.share.millionths)
        writer.add(part.score)
      }
    }
  }

  private mutating func add(_ test: TextTest) {
    mark(.text)
    switch test {
    case .mentions(let words):
      mark(.mentions)
      add(words)
    case .contains(let texts):
      mark(.contains)
      add(texts)
    case .startsWith(let text):
      mark(.startsWith)
      bytes.add(text)
    case .matches(let pattern):
      mark(.matches)
      bytes.add(pattern)
    case .has(let features):
      mark(.has)
      add(features.map(\.rawValue))
    }
  }

  mutating func add(_ stop: StopCondition) {
    switch stop {
    case .all(let parts, _): add(.all, of: parts) { $0.add($1) }
    case .any(let parts, _): add(.any, of: parts) { $0.add($1) }
    case .not(let part, _):
      mark(.not)
      add(part)
    case .answer(let test, _):
      mark(.answer)
      add(test)
    case .jsonComplete: mark(.complete)
    case .repeating: mark(.repeating)
    }
  }

  private mutating func add(_ texts: [String]) {
    bytes.add(count: texts.count)
    for text in texts { bytes.add(text) }
  }

  private mutating func add(file path: String) {
    bytes.add(path)
    bytes.add(policy.files[path]?.text)
  }
}
