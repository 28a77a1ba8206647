/// What the grammar asks for at a place, in words.
struct Expectation {
  let words: String

  static func keyword(_ keyword: Keyword) -> Self { Self(words: "`\(keyword.rawValue)`") }
  static func symbol(_ symbol: Symbol) -> Self { Self(words: "`\(symbol.rawValue)`") }

  static func oneOf(_ keywords: [Keyword]) -> Self {
    let quoted = keywords.map { "`\($0.rawValue)`" }
    guard let last = quoted.last, quoted.count > 1 else { return Self(words: quoted.first ?? "") }
    return Self(words: quoted.dropLast().joined(separator: ", ") + " or " + last)
  }

  static let span = Self(words: "what it is counted for, such as `per request` or `per day`")
  static let number = Self(words: "a number such as `0.8`")
  static let count = Self(words: "a count such as `500`")
  static let wholeNumber = Self(words: "a whole number")
  static let duration = Self(words: "a duration such as `10s`")
  static let money = Self(words: "an amount such as `$0.50`")
  static let share = Self(words: "a share such as `50%`")
  static let date = Self(words: "a date such as `2027-01-31`")
  static let string = Self(words: "a text in quotes")
  static let regex = Self(words: "a regular expression such as `/weather|today/`")
  static let value = Self(words: "a value")
  static let comparison = Self(words: "a comparison such as `=`")
  static let condition = Self(words: "a condition")
  static let declaration = Self(words: "a declaration such as `route`")

  static func name(of thing: String) -> Self { Self(words: "the name of the \(thing)") }
  static func word(_ thing: String) -> Self { Self(words: thing) }
}
