package import PolicySemantics
import TextPatterns

/// All that any test of one policy can read of one request, without the request's texts.
///
/// Every value a condition may ask for has been found: sizes, the language, each text test. Of the
/// texts only that is left: which tests hold and, for lists of words, which word of the policy was
/// found. What the caller gave as facts, names and identities is kept as given. Only use it with the
/// graph it was made by.
package struct RecordedFacts: Sendable {
  /// By slot, as in ``RequestFacts``; of classifiers what was recorded before the decision.
  var values: [Int64]
  /// By fact; empty without facts of type `text`.
  var factTexts: [String]
  package internal(set) var identities: RequestIdentities
  /// Empty unless the policy asks for names of tools.
  var toolNames: [String]
  var texts: RecordedTexts
  let classifierSlots: Range<Int>

  /// Answers a classifier.
  package mutating func settle(_ classifier: ClassifierID, label: Int) {
    values[classifierSlots.lowerBound + classifier.index] = Int64(label)
  }
}

/// What was found in the texts of a request.
final class RecordedTexts: Sendable {
  /// By text and test.
  let answers: [TextAnswers]
  /// By text and test: the member of the list that was found; -1 for none.
  ///
  /// Empty if there is none.
  let members: [[Int32]]
  /// Of the question; nil where no test asks.
  let language: String?

  init(answers: [TextAnswers], members: [[Int32]], language: String?) {
    self.answers = answers
    self.members = members
    self.language = language
  }

  /// The member of its list that makes a test hold; nil where that is not known.
  func member(of test: Int, in place: Int) -> Int? {
    guard members.indices.contains(place), members[place].indices.contains(test),
      members[place][test] >= 0
    else { return nil }
    return Int(members[place][test])
  }
}

extension DecisionGraph {
  /// Finds every value a test of the policy may ask for and keeps it without the texts.
  ///
  /// `input` is the request the facts were made of. What deciding has found already is not looked for
  /// again.
  ///
  /// - Complexity: O(tests + bytes of the texts that any test reads).
  package func record(
    _ facts: inout RequestFacts, of input: borrowing RequestInput, in scratch: inout Scratch
  ) -> RecordedFacts {
    scanAll(&facts, &scratch)
    let slots = parts.slots
    let first = slots.factCount + slots.classifierCount
    var language: String?
    for (index, source) in slots.read.enumerated() where source.isLate {
      if case .language = source {
        language = self.language(of: &facts)
        facts.values[first + index] = number(ofName: language ?? "")
      } else {
        _ = late(first + index, &facts)
      }
    }
    var values = facts.values
    // A decision may have settled some; its record begins where it began.
    for index in 0..<slots.classifierCount {
      let label = input.state.classifiers[ClassifierID(index)]
      values[slots.factCount + index] = label.map(Int64.init) ?? SlotValue.unread
    }
    return RecordedFacts(
      values: values, factTexts: facts.factTexts, identities: facts.identities,
      toolNames: parts.scans.tools.isEmpty ? [] : facts.toolNames,
      texts: RecordedTexts(
        answers: facts.scans, members: members(&facts), language: language),
      classifierSlots: facts.classifierSlots)
  }

  /// The facts a decision and its explanation read, as if the request were there.
  package func facts(of recorded: RecordedFacts) -> RequestFacts {
    RequestFacts(
      values: recorded.values, factTexts: recorded.factTexts, texts: RequestTexts([]),
      toolNames: recorded.toolNames, identities: recorded.identities,
      scans: recorded.texts.answers, classifierSlots: recorded.classifierSlots,
      recorded: recorded.texts)
  }

  /// Scans every text for every kind of test the policy has for it.
  private func scanAll(_ facts: inout RequestFacts, _ scratch: inout Scratch) {
    for (place, kinds) in parts.scans.kinds.enumerated() {
      for kind in TextScans.Kind.allCases where kinds.contains(kind) {
        if facts.scans.isEmpty || facts.scans[place].done & kind.mark == 0 {
          _ = scan(place, kind, &facts, &scratch)
        }
      }
    }
  }

  /// Which words of the policy's lists were found.
  func members(_ facts: inout RequestFacts) -> [[Int32]] {
    guard !facts.scans.isEmpty else { return [] }
    var found: [[Int32]] = [[], [], [], []]
    for place in found.indices {
      guard let set = parts.scans.sets[place] else { continue }
      let kinds = parts.scans.kinds[place]
      var mentions = false
      var contains = false
      for test in kinds.indices where facts.scans[place].holds(test) {
        switch kinds[test] {
        case .mentions: mentions = true
        case .contains: contains = true
        case .startsWith, .matches, .has: break
        }
      }
      guard mentions || contains else { continue }
      found[place] = set.foundMembers(
        in: facts.texts.bytes(of: TextScans.parts[place]).span, mentions: mentions,
        contains: contains)
    }
    return found
  }
}
