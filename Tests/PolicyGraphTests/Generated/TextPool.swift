/// The pieces that generated texts, and tests of texts, are made of.
enum TextPool {
  static let keywords = [
    "refund", "refunds", "step by step", "c++", "épée", "Straße", "天気", "api_key", "today",
  ]
  static let pieces = ["refund", "Refund", "step", "é", "](", "天", "://"]
  static let starts = ["Please", "please", "refund", "天", "#"]
  static let patterns = [
    "refunds?", "(?i)\\bplease\\b", "[0-9]+ apples", "st.p", "(today|now)", "^x|ab*c", "a\\.b",
    "(?i)(open|shut) the [a-z]+", "\\d\\d",
  ].filter { !$0.contains("^") }
  static let features = [
    "code", "json", "table", "url", "numbers", "email", "phone", "card", "secret",
  ]

  /// Sentences with boundaries on purpose: a keyword inside a word, in another case, at the end.
  static let sentences = [
    "Please give me a refund", "refund, now", "prerefund refunded", "REFUND!",
    "explain it step by step", "STEP  BY step", "I write c++ and c", "une épée ancienne", "ÉPÉE",
    "die Straße hinunter", "今日は天気がいい", "set api_key here", "today", "what about todays",
    "I have 12 apples", "a.b and abbbc", "Open the door please", "nothing of interest",
    "gpt4 is a model", "",
  ]

  /// Sentences that have a feature.
  static let featured = [
    "```\nlet x = 1\n```", "{\"name\": \"Ada\"}", "|a|b|\n|---|---|\n|1|2|",
    "see https://example.org/a", "write to ada@example.org", "call (555) 234-5678",
    "card 4111 1111 1111 1111", "AKIAIOSFODNN7EXAMPLE",
  ]

  /// Longer texts in one language each, and the lengths tests ask for.
  static let paragraphs = [
    "The weather in the mountains changes quickly, and nobody should walk there without a map.",
    "Das Wetter in den Bergen ändert sich schnell, und niemand sollte dort ohne Karte wandern.",
    "Le temps en montagne change vite, et personne ne devrait y marcher sans une carte.",
  ]

  static let lengths: [Int] = [1, 5, 23, 24, 50, 87, 88, 120]

  static func text(_ random: inout SeededRandom) -> String {
    let lines = (0..<(1 + random.below(3))).map { _ in
      switch random.below(6) {
      case 0: random.pick(featured)
      case 1: random.pick(paragraphs)
      default: random.pick(sentences)
      }
    }
    return lines.joined(separator: random.chance(1, in: 2) ? "\n" : ". ")
      + (random.chance(1, in: 6) ? "\n" : "")
  }
}
