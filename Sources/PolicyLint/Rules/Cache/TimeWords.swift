import PolicyUnits
import TextPatterns

/// Words of questions whose right answer changes while a cache holds the old one.
struct TimeWords {
  /// How long an answer to such a question may be kept without a remark.
  static let fresh = Milliseconds(600_000)
  /// The same where the word is about something that changes by the hour.
  static let recent = Milliseconds(3_600_000)

  /// Speak of this very moment, alone or within a phrase.
  private static let now = [
    "right now", "at the moment", "as we speak", "today", "tonight", "this morning",
    "this afternoon", "this evening", "latest", "currently", "weather", "breaking news",
    "stock price", "share price", "exchange rate", "live score", "heute", "jetzt gerade", "wetter",
    "aujourd'hui", "météo", "hoy", "el tiempo", "今日", "今天", "天気", "天气", "오늘", "сегодня",
    "погода",
  ]
  /// The same, but only alone: `buy now, pay later` is no such question.
  private static let nowAlone = [
    "now", "news", "jetzt", "aktuell", "nachrichten", "maintenant", "actualités", "ahora",
    "noticias",
  ]
  /// Change by the hour or the day.
  private static let changing = [
    "price", "prices", "stock", "stocks", "score", "scores", "availability", "in stock",
    "exchange rates", "tomorrow", "preis", "preise", "prix", "precio", "precios",
  ]

  private let within: PatternSet
  private let alone: Set<String>
  private let slow: Set<String>

  /// Nil never: the words are sound.
  init?() {
    guard let set = try? PatternSet([.mentions(Self.now)]) else { return nil }
    within = set
    alone = Set(Self.nowAlone)
    slow = Set(Self.changing)
  }

  /// How long an answer to a question with this keyword stays right; nil if nothing says it ages.
  func patience(for keyword: String) -> Milliseconds? {
    let plain = keyword.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if alone.contains(plain) { return Self.fresh }
    if slow.contains(plain) { return Self.recent }
    return word(in: keyword) == nil ? nil : Self.fresh
  }

  /// The first words of a text that speak of this very moment, as the text writes them.
  func word(in text: String) -> String? {
    guard let found = try? within.firstMatch(of: 0, in: text.utf8.span) else { return nil }
    return String(decoding: Array(text.utf8)[found], as: UTF8.self)
  }
}
