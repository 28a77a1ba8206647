import PolicySemantics
import TextPatterns
import TokenEstimates

/// What costs a look at a text: found when first asked, then kept with the facts.
extension DecisionGraph {
  /// Whether a text test or a tools test holds; unknown where the text could not be scanned.
  ///
  /// The first test of a kind on a text scans it for all tests of that kind; the facts keep the
  /// answers.
  func scanned(_ atom: Atom, _ facts: inout RequestFacts, _ scratch: inout Scratch) -> Truth {
    let place = Int(atom.source)
    let test = Int(atom.operand)
    guard place < TextScans.parts.count else {
      return offersTool(parts.scans.tools[test], facts) ? .yes : .no
    }
    if let logged = facts.logged {
      let answer = logged.answer(of: test, in: place)
      if answer == .unknown { facts.failure = .notKept }
      return answer
    }
    let kind = parts.scans.kinds[place][test]
    if facts.scans.isEmpty || facts.scans[place].done & kind.mark == 0 {
      guard scan(place, kind, &facts, &scratch) else { return .unknown }
    }
    return facts.scans[place].hits[test / 64] >> UInt64(test % 64) & 1 == 1 ? .yes : .no
  }

  /// Scans one text for all tests of one kind.
  func scan(
    _ place: Int, _ kind: TextScans.Kind, _ facts: inout RequestFacts, _ scratch: inout Scratch
  ) -> Bool {
    guard facts.recorded == nil else {
      // The record was made on a machine out of memory.
      facts.failure = .outOfMemory
      return false
    }
    // Taken out while it works, so that it is not copied.
    guard var scan = scratch.scans[place].take() else { return false }
    defer { scratch.scans[place] = scan }
    let kinds = parts.scans.kinds[place]
    let text = facts.texts.bytes(of: TextScans.parts[place])
    if facts.scans.isEmpty { facts.scans = TextScans.parts.map { _ in TextAnswers() } }
    var hits = facts.scans[place].hits
    if hits.isEmpty { hits = Array(repeating: 0, count: (kinds.count + 63) / 64) }
    scan.start()
    do throws(ScanFailure) {
      guard let test = kinds.firstIndex(of: kind) else { return false }
      try scan.addGroup(of: test, in: text.span, to: &hits)
    } catch {
      facts.failure = error
      return false
    }
    facts.scans[place].hits = hits
    facts.scans[place].done |= kind.mark
    return true
  }

  /// The value of a late slot.
  func measure(_ source: SlotSource, _ facts: inout RequestFacts) -> Int64 {
    switch source {
    case .chars(let part): Int64(TextMeasure.scalars(of: facts.texts.bytes(of: part)))
    case .lines(let part): Int64(TextMeasure.lines(of: facts.texts.bytes(of: part)))
    case .tokens(let part): tokens(of: facts.texts.bytes(of: part))
    case .language: number(ofName: language(of: &facts))
    case .stream, .healthy, .format, .weekday, .hour, .date, .maxTokens, .temperature, .tools,
      .images, .messages, .turn, .budgetUsedShare, .budgetLeftShare, .budgetUsed, .budgetLeft,
      .model, .identity:
      0
    }
  }

  /// The language of the question as a two-letter code, or `unknown`.
  func language(of facts: inout RequestFacts) -> String {
    if let language = facts.recorded?.language { return language }
    return TextLanguage.code(of: facts.texts.bytes(of: .question).span)
  }

  /// The upper end of the reference tokenizer's interval.
  package func tokens(of bytes: [UInt8]) -> Int64 {
    TokenEstimate(text: bytes.span, family: TokenFamily(policy.vocabulary.referenceTokenizer)).high
  }

  private func offersTool(_ names: [String], _ facts: borrowing RequestFacts) -> Bool {
    facts.toolNames.contains { tool in names.contains { NameTable.areSame($0, tool) } }
  }
}

/// The sizes of a text.
package enum TextMeasure {
  /// Unicode scalars: UTF-8 bytes that do not continue one.
  package static func scalars(of bytes: [UInt8]) -> Int {
    var count = 0
    for byte in bytes where byte & 0xc0 != 0x80 { count += 1 }
    return count
  }

  /// Lines as an editor counts them: a newline at the very end opens none, and no text has none.
  package static func lines(of bytes: [UInt8]) -> Int {
    var count = 0
    for byte in bytes where byte == 0x0a { count += 1 }
    guard let last = bytes.last else { return 0 }
    return last == 0x0a ? count : count + 1
  }
}
