import RoutingBudgets
import RoutingLedger
import Testing

@testable import LedgerExchange

@Suite struct `Exported ratings` {
  private static func rating(
    _ rating: Rating, comment: String?, counts: Bool = true
  ) -> ReadRating {
    let entry = RatingEntry(
      request: RequestID(high: 1, low: 2), time: Timestamp(milliseconds: 1_795_176_000_123),
      rater: .init(tenant: "acme", user: nil, key: "web"), rating: rating, comment: comment)
    return ReadRating(
      ChainedRating(sequence: 7, entry: entry, hash: Array(repeating: 0xAB, count: 32)),
      counts: counts)
  }

  @Test func `are a line of JSON each`() {
    var export = RatingExport(.jsonl)
    #expect(export.header().isEmpty)
    let hash = String(repeating: "ab", count: 32)
    let line = String(
      decoding: export.line(
        of: Self.rating(.score(millionths: 250_000), comment: "=so\n", counts: false)),
      as: UTF8.self)
    #expect(
      line == """
        {"format":"rung.ledger.ratings/1","sequence":7,"hash":"\(hash)",\
        "id":"\(RequestID(high: 1, low: 2))","time":"2026-11-20T12:00:00.123Z","tenant":"acme",\
        "user":null,"key":"web","rating":"score","score":"0.25","score_millionths":250000,\
        "counts":false,"comment":"=so\\n"}

        """)
  }

  @Test(arguments: [
    (true, "rung.ledger.ratings/1", "'=1+1"), (false, "rung.ledger.ratings/1 unguarded", "=1+1"),
  ])
  func `are a line of CSV each, with the guard`(
    isGuarded: Bool, format: String, comment: String
  ) throws {
    var export = RatingExport(.csv, guarded: isGuarded)
    let header = String(decoding: export.header(), as: UTF8.self)
    #expect(
      header == "format,sequence,hash,id,time,tenant,user,key,rating,score,score_millionths,"
        + "counts,comment\r\n")
    let line = String(
      decoding: export.line(of: Self.rating(.bad, comment: "=1+1")), as: UTF8.self)
    #expect(line.hasPrefix("\(format),7,"))
    #expect(line.hasSuffix(",acme,,web,bad,0,0,true,\(comment)\r\n"))
  }

  @Test(arguments: EntryExport.Format.allCases)
  func `are no rows to be imported`(format: EntryExport.Format) {
    var export = RatingExport(format)
    let bytes = export.header() + export.line(of: Self.rating(.good, comment: nil))
    #expect(throws: ImportFailure.ratingsOnly) { try WholeImport(bytes) }
  }
}
