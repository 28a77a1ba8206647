import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingTestSupport

/// Policies that read everything ties are about, and requests made to break them.
struct TieAttack {
  var random: SplitMix

  static let parts = ["prompt", "system", "question", "context"]
  /// Words that stand in one another, by letters, by case, by spelling, over spaces and lines.
  static let words = [
    "refund", "Refund", "refund policy", "refund   policy", "policy", "fund", "re", "refunds",
    "a", "b", "a b", "c++", "++", ".net", "net", "e\u{301}te\u{301}", "\u{e9}t\u{e9}", "ete",
    "stra\u{df}e", "strasse", "STRASSE", "\u{fb03}", "ffi", "f", "office", "o\u{fb03}ce",
    "\u{5929}\u{6c17}", "\u{5929}", "\u{4eca}\u{65e5}\u{306f}", "\u{1f82}",
    "\u{3b1}\u{313}\u{300}\u{3b9}",
    "\u{130}stanbul", "istanbul", "I", "\u{131}", "_x", "x", "x_", "1", "12", "1 2",
    "\u{ac00}", "\u{1100}\u{1161}", "\u{11a8}", "\u{345}", "\u{3b1}\u{345}", "\u{1fb3}",
    "\u{600} x", "i\u{307}i\u{307}i\u{307}", "x\u{1c}y", "x\u{85}y", "x y", "x\u{200b}y",
    "x\u{a0}y", "x\ny", "\u{1f600}", "=\u{338}", "=",
  ]
  /// Without those that differ from another in nothing but code points.
  static let exact = words.filter {
    !["e\u{301}te\u{301}", "\u{1100}\u{1161}", "\u{3b1}\u{345}"].contains { [word = $0] in
      word.unicodeScalars.elementsEqual($0.unicodeScalars)
    }
  }
  static let starts = [
    "re", "refund", "refund policy", "Refund", "a", "a b", "x", "\u{5929}",
  ]
  static let features = [
    "code", "json", "table", "url", "numbers", "email", "phone", "card", "secret",
  ]
  static let patterns = [
    "x*", "^$", "^", "ab", "^re", "(?i)refund", "a.\u{301}", "\\.net", "[0-9]*", "\\A\\z", "fund",
    "c\\+\\+", "^\\.", "x y", "a|b",
  ]
  static let glue = [
    "", " ", "\n", "\n\n", "  ", "\t", "_", "x", "\u{301}", "\u{300}\u{323}", "\u{a0}", "\u{2028}",
    ",", ".", "!", "\u{200d}", "\u{85}", "\u{1c}", "\u{307}", "\u{345}", "\u{600}", "A", "0",
  ]

  init(seed: UInt64) { random = SplitMix(state: seed) }

  mutating func policy() -> String {
    var text = "rung 1\ncatalog \"catalog.yaml\"\nzone \"UTC\"\n"
    var conditions: [String] = []
    // The same lists on every part: what the prompt has, one of the others has.
    let (said, held) = (random.some(Self.words, most: 2), random.some(Self.exact, most: 2))
    for part in Self.parts {
      conditions.append("\(part) mentions " + Quoted.list(said))
      conditions.append("\(part) contains " + Quoted.list(held))
      for _ in 0..<(2 + random.below(4)) {
        conditions.append("\(part) mentions " + Quoted.list(random.some(Self.words, most: 3)))
      }
      for _ in 0..<(1 + random.below(3)) {
        conditions.append("\(part) contains " + Quoted.list(random.some(Self.exact, most: 3)))
      }
      for _ in 0..<2 {
        conditions.append("\(part) starts with " + Quoted.text(random.pick(Self.starts)))
      }
      conditions.append("\(part) matches /\(random.pick(Self.patterns))/")
      conditions.append("\(part) has \(random.pick(Self.features))")
      conditions.append("\(part).chars >= \(random.pick([1, 2, 3, 5, 9, 20, 60])) chars")
      conditions.append("\(part).chars < \(random.pick([1, 2, 3, 4, 5, 12, 30])) chars")
      conditions.append("\(part).lines >= \(random.pick([1, 2, 3, 5])) lines")
      conditions.append("\(part).lines < \(random.pick([1, 2, 3])) lines")
      conditions.append("\(part).tokens >= \(random.pick([1, 2, 5, 20, 60, 400])) tokens")
      conditions.append("\(part).tokens < \(random.pick([1, 2, 4, 10, 30])) tokens")
    }
    for number in [280, 330, 360, 380] { conditions.append("prompt.tokens >= \(number) tokens") }
    for number in [1, 2, 3, 4] { conditions.append("messages >= \(number)") }
    for number in [1, 2, 3] { conditions.append("turn >= \(number)") }
    for number in [1, 2, 3] { conditions.append("tools >= \(number)") }
    for tool in ["alpha", "beta", "gamma"] { conditions.append("tools has \"\(tool)\"") }
    for who in ["key", "tenant"] { conditions.append("\(who) = \"ada\"") }
    conditions.append("weekday in (monday, sunday)")
    conditions.append("date in (2026-11-21, 2026-11-23)")
    conditions.append("date >= 2026-12-01")
    for (index, condition) in conditions.enumerated() {
      text += "route r\(index) when \(condition) { use m }\n"
    }
    return text + "otherwise { use m }\n"
  }

  mutating func request() -> RequestInput {
    let days = Int64(20_778 + random.below(20))
    let day = CalendarDate(daysSince1970: days) ?? Self.firstDay
    let weekday = Weekday.allCases[Int((days + 3) % 7)]
    var input = RequestInput(
      moment: LocalMoment(date: day, weekday: weekday, hour: random.below(24)))
    for _ in 0..<(1 + random.below(4)) {
      input.messages.append(
        RequestInput.Message(
          role: random.pick([.system, .developer, .user, .user, .assistant, .tool]),
          text: random.chance(1, in: 6) ? "" : text()))
    }
    for tool in ["alpha", "beta", "gamma", "delta"] where random.chance(1, in: 3) {
      input.toolNames.append(tool)
    }
    if random.chance(1, in: 2) { input.key = random.pick(["ada", "bob"]) }
    if random.chance(1, in: 2) { input.tenant = random.pick(["ada", "bob"]) }
    return input
  }

  private static let firstDay: CalendarDate = {
    guard let day = CalendarDate(year: 2026, month: 11, day: 21) else {
      preconditionFailure("the date exists")
    }
    return day
  }()

  mutating func text() -> String {
    switch random.below(12) {
    case 0: return random.pick(Self.words + Self.starts)
    case 1: return random.pick(Self.glue)
    // Many short words after one long one: estimates of tokens do not simply add up.
    case 2: return String(repeating: "q", count: 1 + random.below(2_000))
    case 3: return String(repeating: "a ", count: random.below(600))
    case 4: return String(repeating: "\u{1f600}!", count: random.below(8))
    case 5: return String(repeating: "\n", count: random.below(4))
    default: break
    }
    var text = random.chance(1, in: 3) ? random.pick(Self.glue) : ""
    for _ in 0..<(1 + random.below(3)) {
      let word = random.pick(random.chance(1, in: 4) ? Self.starts : Self.words)
      switch random.below(5) {
      case 0: text += word.uppercased()
      case 1: text += word.lowercased()
      default: text += word
      }
      text += random.pick(Self.glue)
    }
    return text
  }
}
