import ArgumentParser

/// A span of time on the command line: a whole number and its unit, as `250ms`, `30s`, `5m`, `12h` or
/// `7d`.
///
/// The unit is asked for: of a bare `30` nobody can tell whether seconds or days are meant.
struct TimeSpan: ExpressibleByArgument, Comparable {
  let milliseconds: Int64

  private static let units: [(word: String, milliseconds: Int64)] = [
    ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
  ]

  init(milliseconds: Int64) { self.milliseconds = milliseconds }

  init(seconds: Int64) { self.init(milliseconds: seconds * 1000) }

  init?(argument: String) {
    guard let span = try? Self.read(argument) else { return nil }
    self = span
  }

  /// Reads it, or says what is missing.
  static func read(_ argument: String) throws -> TimeSpan {
    let digits = argument.prefix { $0.isASCII && $0.isNumber }
    let word = argument.dropFirst(digits.count)
    guard !digits.isEmpty, let unit = units.first(where: { $0.word == word }) else {
      throw ValidationError(
        "a time is a whole number and its unit, as 250ms, 30s, 5m, 12h or 7d; not `\(argument)`")
    }
    let (product, isTooLong) = (Int64(digits) ?? .max)
      .multipliedReportingOverflow(by: unit.milliseconds)
    guard !isTooLong, product <= most else {
      throw ValidationError("`\(argument)` is longer than 100000d, the longest time there is")
    }
    return TimeSpan(milliseconds: product)
  }

  static func < (left: TimeSpan, right: TimeSpan) -> Bool { left.milliseconds < right.milliseconds }

  /// 100,000 days: added to any time of a clock, it is still a time.
  private static let most: Int64 = 100_000 * 86_400_000

  static let second = TimeSpan(milliseconds: 1000)
  static let day = TimeSpan(milliseconds: 86_400_000)

  var duration: Duration { .milliseconds(milliseconds) }

  /// In the largest unit that leaves a whole number.
  var defaultValueDescription: String {
    let unit = Self.units.last { milliseconds % $0.milliseconds == 0 } ?? Self.units[0]
    return "\(milliseconds / unit.milliseconds)\(unit.word)"
  }
}
