import JSONWriting
import LedgerExchange
import TrafficLog

extension JSONWriter {
  /// The pauses of a log of more than a year; an end outside the years 1 to 9999 is null.
  mutating func gaps(_ gaps: [LogGap]) {
    array("gaps") { json in
      for gap in gaps {
        json.object { json in
          json.member("from", orNull: ISOTime.text(gap.from))
          json.member("to", orNull: ISOTime.text(gap.to))
        }
      }
    }
  }
}
