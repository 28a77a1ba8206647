import JSONReading

/// A number an answer must end up with: its last number is held against it, exactly, in billionths.
struct StatedNumber: Hashable, Sendable {
  private let value: Int64
  private let tolerance: Int64

  /// Digits after the point that are read.
  private static let places = 9

  /// `42`, or `{"is": 42, "within": 0.5}`.
  init(_ json: JSONValue, _ name: String) throws(EvaluationProblem) {
    let words = "\(name): `number` takes a number, or {\"is\": 42, \"within\": 0.5}"
    let stated = json.kind == .object ? json["is"] : json
    guard let value = stated?.scaled(by: Self.places), value.isExact else {
      throw EvaluationProblem(words + " of at most nine digits before and after the point")
    }
    self.value = value.value
    guard json.kind == .object, let within = json["within"] else {
      tolerance = 0
      return
    }
    guard let tolerance = within.scaled(by: Self.places), tolerance.isExact, tolerance.value >= 0
    else { throw EvaluationProblem(words + ", where `within` is not negative") }
    self.tolerance = tolerance.value
  }

  func holds(of answer: String) -> Bool {
    // Models write a minus as typographers do.
    let answer = answer.replacing("\u{2212}", with: "-")
    guard let last = Self.last(in: Array(answer.utf8)) else { return false }
    return abs(last - Int128(value)) <= Int128(tolerance)
  }

  /// The last number of a text in billionths: digits, perhaps in groups of three after commas, a
  /// point and more digits, a minus before them.
  ///
  /// Nil without one. O(bytes).
  static func last(in text: [UInt8]) -> Int128? {
    var found: Int128?
    var index = 0
    while index < text.count {
      guard text[index].isDigit else {
        index += 1
        continue
      }
      let isNegative =
        index > 0 && text[index - 1] == UInt8(ascii: "-")
        && !(index > 1 && (text[index - 2].isDigit || text[index - 2].isLetter))
      let (value, end) = number(from: index, in: text)
      found = value.map { isNegative ? -$0 : $0 }
      index = end
    }
    return found
  }

  /// Nil for more than eighteen digits before the point.
  private static func number(from start: Int, in text: [UInt8]) -> (Int128?, end: Int) {
    var index = start
    var value: Int128 = 0
    var digits = 0
    func isDigit(_ place: Int) -> Bool { place < text.count && text[place].isDigit }
    while isDigit(index) || isGroup(index, in: text) {
      if text[index].isDigit {
        if digits <= 18 { value = value * 10 + Int128(text[index] - UInt8(ascii: "0")) }
        digits += 1
      }
      index += 1
    }
    var places = 0
    if index < text.count, text[index] == UInt8(ascii: "."), isDigit(index + 1) {
      index += 1
      while isDigit(index) {
        if places < Self.places {
          value = value * 10 + Int128(text[index] - UInt8(ascii: "0"))
          places += 1
        }
        index += 1
      }
    }
    for _ in places..<Self.places { value *= 10 }
    return (digits <= 18 ? value : nil, index)
  }

  /// A comma between a digit and exactly three more.
  private static func isGroup(_ place: Int, in text: [UInt8]) -> Bool {
    guard place > 0, place + 3 < text.count, text[place] == UInt8(ascii: ",") else { return false }
    return text[place - 1].isDigit && text[(place + 1)...(place + 3)].allSatisfy(\.isDigit)
      && !(place + 4 < text.count && text[place + 4].isDigit)
  }
}

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}
