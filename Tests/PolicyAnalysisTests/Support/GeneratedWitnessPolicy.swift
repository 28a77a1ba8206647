import PolicyAnalysis
import PolicyUnits

/// A small policy put together by chance from tests that get in each other's way.
struct GeneratedWitnessPolicy {
  let text: String

  init(seed: UInt64, tests: [String] = Self.clear) {
    var dice = Dice(seed: seed)
    var lines: [String] = []
    func test() -> String { tests[dice.below(tests.count)] }
    func condition(_ depth: Int) -> String {
      guard depth > 0, dice.below(3) > 0 else {
        let test = test()
        return dice.below(4) == 0 ? "not (\(test))" : test
      }
      let word = dice.below(2) == 0 ? " and " : " or "
      let parts = (0..<(2 + dice.below(2))).map { _ in condition(depth - 1) }
      return "(" + parts.joined(separator: word) + ")"
    }
    for number in 0..<(3 + dice.below(4)) {
      lines.append("route r\(number) when \(condition(2)) { use m }")
    }
    text = WitnessPolicies.header + lines.joined(separator: "\n") + "\notherwise { use m }\n"
  }

  /// Tests the analysis knows all about.
  static let clear = [
    #"prompt mentions ("refund", "money back")"#, #"question mentions ("refund")"#,
    #"system mentions ("refund policy")"#, #"context mentions ("policy")"#,
    #"prompt mentions ("policy")"#, #"question contains "error:""#, #"prompt contains "rr""#,
    #"question starts with "Hello""#, #"prompt starts with "Hel""#, #"system starts with "You""#,
    #"prompt.chars < 40"#, #"prompt.chars >= 200"#, #"question.chars > 100"#,
    #"question.tokens <= 12"#, #"prompt.tokens >= 500"#, #"prompt.tokens = 64"#,
    #"context.chars >= 500"#, #"question.lines > 3"#, #"context.lines < 2"#, #"system.tokens > 20"#,
    #"turn >= 3"#, #"turn = 1"#, #"messages >= 4"#, #"messages = 2"#, #"plan = pro"#,
    #"plan in (free, pro)"#, #"beta"#, #"seats >= 10"#, #"seats = 7"#, #"origin = "app""#,
    #"team = support"#, #"cohort = fresh"#, #"tenant in ("acme", "globex")"#, #"tenant != "acme""#,
    #"key = "k1""#, #"user != "bob""#, #"conversation = "c-1""#, #"model != "auto""#, #"stream"#,
    #"max_tokens <= 500"#, #"temperature > 0.5"#, #"format = json"#, #"tools >= 2"#, #"tools = 0"#,
    #"tools has "search""#, #"tools has ("run", "edit")"#, #"images > 0"#, #"daily.used >= 80%"#,
    #"daily.left < $1"#, #"flow.used >= 30"#, #"healthy(m)"#, #"not healthy(big)"#,
    #"weekday = sunday"#, #"weekday in (saturday, sunday)"#, #"hour >= 18"#, #"date >= 2026-12-24"#,
    #"date = 2027-01-31"#, #"subject = law"#, #"subject != other"#, #"difficulty >= 60"#,
    #"difficulty = 40"#, #"task = refunds"#, #"task != chat"#, #"angry"#, #"language = de"#,
    #"language != en"#,
  ]

  /// Tests of which only the outcome is known.
  static let opaque = [
    #"prompt has code"#, #"question has json"#, #"prompt has table"#, #"prompt has url"#,
    #"prompt has numbers"#, #"question has email"#, #"prompt has phone"#, #"prompt has card"#,
    #"prompt has secret"#, #"prompt matches /(?i)\b(weather|today)\b/"#,
    #"question matches /^[A-Z]{2}-[0-9]{4}$/"#, #"prompt matches /\d{3}/"#,
    #"question matches /^\s*$/"#, #"prompt matches /(?m)^Error: .+$/"#,
  ]
}
