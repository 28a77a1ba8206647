import PolicyUnits
import RoutingTestSupport
import Testing

@testable import LedgerExchange

@Suite struct `Numbers as text` {
  static let amounts: [(text: String, nanos: Int64)] = [
    ("0", 0), ("-0.0", 0), ("0e5", 0), ("1", 1_000_000_000), ("0.000145", 145_000),
    ("1.45e-04", 145_000), ("1.45E-4", 145_000), ("145e-6", 145_000), (".5", 500_000_000),
    ("5.", 5_000_000_000), ("0.000000001", 1), ("1e-9", 1),
    ("12.340000000000000000", 12_340_000_000),
    ("9223372036.854775807", .max), ("1234567.890123456", 1_234_567_890_123_456),
    // What binary floating point writes for 0.000285, 0.0003 and 0.1 + 0.2.
    ("0.00028500000000000004", 285_000), ("0.00029999999999999997", 300_000),
    ("0.30000000000000004", 300_000_000), ("9.999999999999999e-05", 100_000),
    ("1.4999999999999999e-05", 15_000),
  ]

  @Test(arguments: amounts)
  func `become money exactly`(text: String, nanos: Int64) throws {
    #expect(try NumberText.money(text) == Money(nanos: nanos))
  }

  static let refusals: [(text: String, refusal: NumberText.Refusal)] = [
    ("", .notANumber), ("-", .notANumber), (".", .notANumber), ("1,5", .notANumber),
    ("$1", .notANumber), ("NaN", .notANumber), ("inf", .notANumber), ("1e", .notANumber),
    ("1e+", .notANumber), ("1.2.3", .notANumber), ("1 ", .notANumber), ("0x1", .notANumber),
    ("-0.1", .negative), ("-1e-20", .negative),
    ("9223372036.854775808", .tooLarge), ("1e10", .tooLarge), ("1e9999", .tooLarge),
    ("1e-10", .fraction(roundedUp: Money(nanos: 1))),
    ("0.0000000375", .fraction(roundedUp: Money(nanos: 38))),
    ("0.00000003750000000000001", .fraction(roundedUp: Money(nanos: 38))),
    ("1e-9999", .fraction(roundedUp: Money(nanos: 1))),
    ("9223372036.8547758071", .tooLarge),
  ]

  @Test(arguments: refusals)
  func `are refused with the reason`(text: String, refusal: NumberText.Refusal) {
    #expect(throws: refusal) { try NumberText.money(text) }
  }

  @Test func `a count is whole, however it is spelled`() {
    #expect(NumberText.count("12") == 12)
    #expect(NumberText.count("12.0") == 12)
    #expect(NumberText.count("1.2e1") == 12)
    #expect(NumberText.count("9223372036854775807") == .max)
    for text in ["12.5", "-1", "", "1e30", "9223372036854775808", "twelve"] {
      #expect(NumberText.count(text) == nil, "\(text)")
    }
  }

  /// Every double prints as a text that gives its intended decimal back.
  @Test func `sums of prices as a double keeps them come back exactly`() throws {
    var generator = SplitMix(state: 20_261_121)
    for round in 0..<20_000 {
      let input = Int64.random(in: 0...200_000, using: &generator)
      let output = Int64.random(in: 0...20_000, using: &generator)
      let nanos = input * 150 + output * 600
      let cost = Double(input) * 1.5e-7 + Double(output) * 6e-7
      #expect(try NumberText.money("\(cost)") == Money(nanos: nanos), "seed 20261121, \(round)")
    }
  }
}
