import JSONWriting
import LedgerExchange
import RoutingLedger

/// What `verify` found, for people and for machines.
struct LedgerVerifyReport: Sendable {
  private static let most = 20

  let path: String
  let verification: LedgerVerification
  /// Nil if the rows cannot be read.
  private let sums: LedgerSums?

  init(path: String, _ verification: LedgerVerification, _ sums: LedgerSums?) {
    self.path = path
    self.verification = verification
    self.sums = sums
  }

  var text: String {
    var lines = ["\(path): \(LedgerImportReport.count(Int(verification.rows), "row"))" + span]
    for (currency, sum) in (sums?.sums ?? [:]).sorted(by: { $0.key < $1.key }) {
      lines.append("  cost    \(sum.text(in: currency))")
      if sum.imported > 0 {
        lines.append("  origin  \(LedgerImportReport.count(sum.imported, "row")) imported")
      }
    }
    if verification.ratings > 0 {
      lines.append("  ratings \(verification.ratings), in a chain of their own")
    }
    if let pages = verification.pages {
      lines.append("  pages   \(pages) held against their checksums")
    } else {
      lines.append("  pages   left out, because somebody is writing")
    }
    lines.append("  head    row \(verification.head.sequence), \(verification.headText)")
    for finding in verification.findings.prefix(Self.most) {
      lines.append("  found   \(ShownText.line(finding.description, atMost: 300))")
      lines.append("          \(finding.cure)")
    }
    let rest = verification.findings.count - Self.most
    if rest > 0 { lines.append("          and \(rest) more; --format json has them all") }
    lines.append(ending)
    return lines.joined(separator: "\n")
  }

  private var span: String {
    guard let earliest = sums?.earliest.flatMap({ ISOTime.text($0) }),
      let latest = sums?.latest.flatMap({ ISOTime.text($0) })
    else { return "" }
    return ", \(earliest) to \(latest)"
  }

  private var ending: String {
    if verification.findings.isEmpty { return "the ledger is whole" }
    if verification.isWhole { return "the ledger is whole, but for what is said above" }
    let count = verification.findings.count(where: { !$0.isHarmless })
    return "the ledger is not whole: \(LedgerImportReport.count(count, "finding"))"
  }

  var json: String {
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("ledger", path)
      json.member("whole", verification.isWhole)
      json.member("rows", verification.rows)
      json.member("ratings", verification.ratings)
      json.member("pages", orNull: verification.pages)
      json.object("head") { json in
        json.member("sequence", verification.head.sequence)
        json.member("hash", verification.headText)
      }
      json.member("from", orNull: sums?.earliest.flatMap { ISOTime.text($0) })
      json.member("to", orNull: sums?.latest.flatMap { ISOTime.text($0) })
      json.array("sums") { json in
        for (currency, sum) in (sums?.sums ?? [:]).sorted(by: { $0.key < $1.key }) {
          json.object { json in
            json.member("currency", currency)
            json.member("rows", sum.rows)
            json.member("imported", sum.imported)
            json.member("exact_nanos", sum.exact)
            json.member("at_most_nanos", sum.atMost)
            json.member("unknown_rows", sum.unknown)
          }
        }
      }
      json.array("findings") { json in
        for finding in verification.findings {
          json.object { json in
            json.member("message", finding.description)
            json.member("cure", finding.cure)
            json.member("harmless", finding.isHarmless)
          }
        }
      }
    }
    return json.text
  }
}
