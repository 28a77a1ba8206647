import PolicyUnits
import RoutingBudgets
import RoutingTestSupport
import Testing

@testable import LedgerExchange

@Suite struct `Times as text` {
  static let noon: Int64 = 1_795_262_400_000

  static let readings: [(text: String, milliseconds: Int64, isCut: Bool)] = [
    ("2026-11-21T12:00:00.123Z", noon + 123, false),
    ("2026-11-21T12:00:00Z", noon, false), ("2026-11-21 12:00:00", noon, false),
    ("2026-11-21T12:00", noon, false), ("2026-11-21", noon - 43_200_000, false),
    ("2026-11-21 12:00:00.9799600", noon + 979, true),
    ("2026-11-21 12:00:00.9790000", noon + 979, false),
    ("2026-11-21T12:00:00,5Z", noon + 500, false),
    ("2026-11-21T13:00:00+01:00", noon, false), ("2026-11-21T13:00:00+0100", noon, false),
    ("2026-11-21 13:00:00.000000+01", noon, false), ("2026-11-21T06:30:00-05:30", noon, false),
    ("2026-11-21 12:00:00 UTC", noon, false), ("2026-11-21t12:00:00z", noon, false),
    ("1969-12-31T23:59:59.999Z", -1, false), ("0001-01-01T00:00:00Z", -62_135_596_800_000, false),
  ]

  @Test(arguments: readings)
  func `are read in the spellings of other programs`(
    text: String, milliseconds: Int64, isCut: Bool
  ) {
    let reading = ISOTime.read(text)
    #expect(reading?.time.milliseconds == milliseconds)
    #expect(reading?.isCut == isCut)
  }

  @Test(
    arguments: [
      "", "noon", "2026-11-31", "2026-13-01", "2026-1-1", "2026-11-21T24:00:00Z",
      "2026-11-21T12:60:00Z", "2026-11-21T12:00:60Z", "2026-11-21T12:00:00.Z",
      "2026-11-21T12:00:00+1", "2026-11-21T12:00:00 CET", "2026-11-21T12:00:00Zx", "0000-01-01",
      "2026-11-21T", "2026-11-21T12", "20261121T120000Z",
    ])
  func `other texts are no times`(text: String) { #expect(ISOTime.read(text) == nil) }

  @Test func `numbers are seconds or milliseconds by their digits`() {
    #expect(ISOTime.readEpoch("1795262400")?.time.milliseconds == Self.noon)
    #expect(ISOTime.readEpoch("1795262400.1239")?.time.milliseconds == Self.noon + 123)
    #expect(ISOTime.readEpoch("1795262400.1239")?.isCut == true)
    #expect(ISOTime.readEpoch("1795262400123")?.time.milliseconds == Self.noon + 123)
    for text in ["", "0", "17952624001", "1795262400123456", "-1795262400", "1.2.3", "17952624e2"] {
      #expect(ISOTime.readEpoch(text) == nil, "\(text)")
    }
  }

  @Test func `what is written is read again`() {
    var generator = SplitMix(state: 7)
    for _ in 0..<20_000 {
      let time = Timestamp(
        milliseconds: Int64.random(in: -62_135_596_800_000...253_402_300_799_999, using: &generator)
      )
      let text = ISOTime.text(time)
      #expect(text.flatMap { ISOTime.read($0)?.time } == time, "seed 7: \(time)")
    }
    #expect(ISOTime.text(Timestamp(milliseconds: .max)) == nil)
    #expect(ISOTime.text(Timestamp(milliseconds: .min)) == nil)
    #expect(
      ISOTime.text(Timestamp(milliseconds: Self.noon + 7)) == "2026-11-21T12:00:00.007Z")
  }
}
