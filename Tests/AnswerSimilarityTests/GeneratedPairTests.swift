import RoutingTestSupport
import Testing

@testable import AnswerSimilarity

@Suite struct `Pairs made by rule` {
  private static let seed: UInt64 = 7_311

  /// A template filled twice: the same but for one change, or just the same.
  private struct Maker {
    var random: SplitMix

    mutating func pick<Element>(_ elements: [Element]) -> Element? {
      elements.randomElement(using: &random)
    }

    /// Both sides; nil where the template has no such slot.
    mutating func pair(
      _ template: PairTemplate, _ change: PairTemplate.Change?
    ) -> (String, String)? {
      guard var one = pick(template.wordings),
        var other = Bool.random(using: &random) ? one : pick(template.wordings)
      else { return nil }
      var changed = change == nil
      for slot in Self.slots(of: one) {
        let kind = String(slot.prefix { !$0.isNumber })
        if let poles = PairWords.opposites[kind] {
          guard let pair = pick(poles) else { return nil }
          let flips = change == .onOff && !changed
          one.fill(slot, pair.0)
          other.fill(slot, flips ? pair.1 : pair.0)
          changed = changed || flips
        } else if let words = PairWords.alike[kind] {
          guard let first = pick(words), let second = pick(words), let third = pick(words) else {
            return nil
          }
          let second1 = slot.last == "2" ? second : first
          guard Self.value(second) != Self.value(first), Self.value(third) != Self.value(first)
          else {
            return pair(template, change)
          }
          let wanted: Bool =
            switch change {
            case .number: kind == "number"
            case .date: kind == "date"
            case .name: ["city", "person", "product", "country"].contains(kind)
            default: false
            }
          let isPaired = one.contains("{\(kind)2}") && !slot.hasSuffix("2")
          if change == .swap, isPaired, !changed {
            one.fill(kind + "2", second)
            other.fill(kind, second)
            other.fill(kind + "2", first)
            one.fill(kind, first)
            changed = true
          } else if one.contains("{\(slot)}") {
            let flips = wanted && !changed
            one.fill(slot, second1)
            other.fill(slot, flips ? third : second1)
            changed = changed || flips && Self.value(third) != Self.value(second1)
          }
        }
      }
      if change == .negation {
        guard let denied = denied(other) else { return nil }
        other = denied
        changed = true
      }
      guard changed else { return nil }
      return (dressed(one), dressed(other))
    }

    private static func slots(of wording: String) -> [String] {
      wording.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap {
        part in
        part.firstIndex(of: "}").map { String(part[..<$0]) }
      }
    }

    /// Numbers and dates that are the same in other words.
    private static func value(_ word: String) -> String {
      let same: [String: String] = [
        "two": "2", "three": "3", "seven": "7", "twelve": "12", "thirty": "30", "twenty-five": "25",
        "fifty": "50", "a hundred": "100", "one hundred and ten": "110", "on sundays": "on Sunday",
      ]
      return same[word] ?? word
    }

    private mutating func denied(_ text: String) -> String? {
      for auxiliary in [
        "Can ", "Should ", "Does ", "Do ", "Is ", "Was ", "Will ", "Why is ", "What may ", "Which ",
      ] where text.hasPrefix(auxiliary) {
        let rest = text.dropFirst(auxiliary.count)
        let word = auxiliary.dropLast()
        if auxiliary == "Which " { return text.replacing("should I", with: "should I not") }
        if Bool.random(using: &random) {
          let short =
            word == "Can"
            ? "Can't"
            : word == "Will" ? "Won't" : word == "What may" ? "What mustn't" : word + "n't"
          return short + " " + rest
        }
        // `Can I eat` as `Can I not eat`: after the first word, or the first two of a name's article.
        var words = rest.split(separator: " ").map(String.init)
        let place = ["the", "my"].contains(words.first ?? "") ? 2 : 1
        guard words.count > place else { return nil }
        words.insert(pick(["not", "never"]) ?? "not", at: place)
        return auxiliary + words.joined(separator: " ")
      }
      return nil
    }

    /// As people write it: in small letters, with a greeting, without the mark.
    private mutating func dressed(_ text: String) -> String {
      var text = text
      switch Int.random(in: 0..<8, using: &random) {
      case 0, 1: text = text.lowercased()
      case 2: text = "Hi, " + text
      case 3: text = "Please tell me: " + text
      case 4: text += " Thanks!"
      case 5: text = text.replacing("?", with: "")
      default: break
      }
      return text
    }
  }

  @Test func `none of two thousand changed pairs shares an answer`() {
    var maker = Maker(random: SplitMix(state: Self.seed))
    var made: [PairTemplate.Change: Int] = [:]
    var wrong = 0
    var pairs = 0
    var stopped: [QuestionDifference: Int] = [:]
    let wanted = 4_000
    while pairs < wanted {
      guard let template = maker.pick(PairTemplate.all), let change = maker.pick(template.changes),
        let (one, other) = maker.pair(template, change)
      else { continue }
      pairs += 1
      made[change, default: 0] += 1
      let found = QuestionReading(one).difference(from: QuestionReading(other))
      if let found { stopped[found, default: 0] += 1 } else { wrong += 1 }
      if found == nil { print("WRONG \(change.rawValue): \(one) | \(other)") }
    }
    for sentences in PairWords.translated {
      for one in sentences {
        for other in sentences where one != other {
          pairs += 1
          let found = QuestionReading(one).difference(from: QuestionReading(other))
          if let found { stopped[found, default: 0] += 1 } else { wrong += 1 }
          if found == nil { print("WRONG language: \(one) | \(other)") }
        }
      }
    }
    let changes = made.map { "\($0.key.rawValue) \($0.value)" }.sorted().joined(separator: ", ")
    let guards = stopped.map { "\($0.key.rawValue) \($0.value)" }.sorted().joined(separator: ", ")
    print("changed pairs: \(pairs), seed \(Self.seed), wrong \(wrong); \(changes); by \(guards)")
    #expect(wrong == 0)
    #expect(pairs >= 2_000)
    #expect(made.count == PairTemplate.Change.allCases.count)
  }

  @Test func `most pairs that nothing was changed in share an answer`() {
    var maker = Maker(random: SplitMix(state: Self.seed))
    var passed = 0
    var pairs = 0
    var stopped: [QuestionDifference: Int] = [:]
    while pairs < 1_000 {
      guard let template = maker.pick(PairTemplate.all),
        let (one, other) = maker.pair(template, nil)
      else { continue }
      pairs += 1
      let found = QuestionReading(one).difference(from: QuestionReading(other))
      if let found {
        stopped[found, default: 0] += 1
        if pairs < 60 { print("stopped by \(found.rawValue): \(one) | \(other)") }
      } else {
        passed += 1
      }
    }
    let guards = stopped.map { "\($0.key.rawValue) \($0.value)" }.sorted().joined(separator: ", ")
    print("unchanged pairs: \(passed) of \(pairs) pass, seed \(Self.seed); stopped by \(guards)")
    #expect(passed * 10 >= pairs * 7)
  }
}

extension String {
  fileprivate mutating func fill(_ slot: String, _ word: String) {
    self = replacing("{\(slot)}", with: word)
  }
}
