import PolicyGraph
import PolicySemantics
import PolicySyntax
import PolicyUnits

/// A sampled request while it is put together.
struct SampleDraft {
  var facts: [FactID: FactValue] = [:]
  var state = RecordedState()
  var identities: [Identity: String] = [:]
  var model = "auto"
  var stream = false
  var format = RequestFormat.text
  var maxTokens: Int64?
  var temperature: Int64?
  var tools = 0
  var toolNames: [String] = []
  var images = 0
  var turns = 1
  var hour = 12
  /// Since 1970-01-01.
  var day: Int64 = 20_000
  private var texts: [TextPart: [String]] = [:]

  /// Monday is 0.
  var weekday: Int { Int(((day + 3) % 7 + 7) % 7) }

  mutating func add(_ word: String, to part: TextPart) {
    texts[place(of: part), default: []].append(word)
  }

  mutating func put(_ word: String, before part: TextPart) {
    texts[place(of: part), default: []].insert(word, at: 0)
  }

  mutating func remove(_ word: String, from part: TextPart) {
    for place in part == .prompt ? TextPart.allCases : [part] {
      texts[place]?.removeAll { $0 == word }
    }
  }

  /// Fills a text up to about a length.
  mutating func pad(_ part: TextPart, words: Int64, by separator: String = " ") {
    let count = Int(clamping: min(words, 40_000))
    guard count > 0 else { return }
    add(Array(repeating: "word", count: count).joined(separator: separator), to: part)
  }

  /// What is to stand anywhere stands in the question.
  private func place(of part: TextPart) -> TextPart { part == .prompt ? .question : part }

  func input(_ policy: CheckedPolicy) -> RequestInput {
    let (year, month, dayOfMonth) = CalendarDate.civil(from: day)
    let date = CalendarDate(year: year, month: month, day: dayOfMonth)
    // What clocks go past is nobody's hour; noon no clock goes past.
    let isShown = date.map { policy.shows(self.hour, on: $0) } ?? true
    let hour = isShown ? self.hour : CheckedTest.plainHour
    var input = RequestInput(moment: TestRequest.moment(date: date, weekday: nil, hour: hour))
    input.state = state
    for (fact, value) in facts { input.set(policy[fact], value) }
    for (identity, name) in identities { input.set(identity, name) }
    input.model = model
    input.stream = stream
    input.format = format
    input.maxTokens = maxTokens
    input.temperature = temperature
    input.toolNames = toolNames + (0..<max(0, tools - toolNames.count)).map { "tool_\($0)" }
    input.imageCount = images
    if let system = text(.system) { input.messages.append(.init(role: .system, text: system)) }
    if let context = text(.context) { input.messages.append(.init(role: .user, text: context)) }
    for _ in 1..<max(2, turns) where turns > 1 {
      input.messages.append(.init(role: .user, text: "and then"))
    }
    input.messages.append(.init(role: .user, text: text(.question) ?? "hello"))
    return input
  }

  private func text(_ part: TextPart) -> String? {
    texts[part].flatMap { $0.isEmpty ? nil : $0.joined(separator: " ") }
  }
}

/// The words a policy's text tests look for.
struct SampleWords {
  private let policy: CheckedPolicy
  private(set) var words: [String] = []

  init(_ policy: CheckedPolicy) { self.policy = policy }

  mutating func add(_ condition: CheckedCondition) {
    switch condition {
    case .all(let parts, _), .any(let parts, _): for part in parts { add(part) }
    case .not(let part, _): add(part)
    case .named(let id, _): add(policy[id].condition)
    case .test(.text(_, let test), _):
      for word in Self.samples(of: test) where !words.contains(word) { words.append(word) }
    case .test: break
    }
  }

  /// Texts that pass a test; for a regular expression its plain letters, which often do.
  static func samples(of test: TextTest) -> [String] {
    switch test {
    case .mentions(let words), .contains(let words): words
    case .startsWith(let text): [text]
    case .matches(let pattern): plain(pattern)
    case .has(let features): features.map(sample)
    }
  }

  private static func plain(_ pattern: String) -> [String] {
    pattern.split { !$0.isLetter && $0 != " " }.map(String.init).filter { $0.count > 2 }
  }

  private static func sample(_ feature: TextFeature) -> String {
    switch feature {
    case .code: "```swift\nlet answer = 42\n```"
    case .json: "{\"answer\": 42, \"list\": [1, 2]}"
    case .table: "\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    case .url: "https://example.com/page"
    case .numbers: "12 345 678.90"
    case .email: "somebody@example.com"
    case .phone: "+49 30 1234567"
    case .card: "4111 1111 1111 1111"
    case .secret: "api_key = \"sk-proj-4f9Xb2LmQ8zRt7Vw1KcY6HjN3PdS5GaE\""
    }
  }
}

/// SplitMix64.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// In 0..<count; 0 for an empty range.
  mutating func below(_ count: Int) -> Int {
    guard count > 0 else { return 0 }
    return Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[below(elements.count)]
  }
}

extension CalendarDate {
  /// The date of a day since 1970-01-01, for days whose year has four digits.
  static func civil(from days: Int64) -> (year: Int, month: Int, day: Int) {
    let shifted = min(max(days, -700_000), 2_900_000) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    let month = part < 10 ? part + 3 : part - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (Int(year), Int(month), Int(dayOfYear - (153 * part + 2) / 5 + 1))
  }
}
