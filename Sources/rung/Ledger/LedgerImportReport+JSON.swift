import JSONWriting
import LedgerExchange
import PolicySource
import PolicyUnits

extension LedgerImportReport {
  /// For machines: every record that was refused, and the figures as whole numbers.
  var json: String {
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("file", file)
      json.member("as", kind.word)
      json.member("digest", source.digest.hex)
      json.member("outcome", outcome.rawValue)
      json.member("ledger", ledger)
      json.member("records", tally.records)
      json.member("rows", tally.rows)
      json.member("refused", tally.refused)
      json.member("imported", imported)
      json.member("already_there", alreadyThere)
      json.member("first_place", orNull: first)
      json.member("last_place", orNull: last)
      json.member("from", orNull: tally.earliest.flatMap { ISOTime.text($0) })
      json.member("to", orNull: tally.latest.flatMap { ISOTime.text($0) })
      json.member("input_tokens", tally.inputTokens)
      json.member("output_tokens", tally.outputTokens)
      writeCost(to: &json)
      json.array("notes") { json in
        for note in RowNote.allCases {
          guard let count = tally.notes[note] else { continue }
          json.object { json in
            json.member("code", note.rawValue)
            json.member("rows", count)
            json.member("message", note.words)
          }
        }
      }
      json.array("problems") { json in
        for refused in tally.problems {
          json.object { json in
            json.member("line", refused.line)
            json.member("code", refused.problem.code)
            json.member("message", refused.problem.description)
          }
        }
      }
    }
    return json.text
  }

  private func writeCost(to json: inout JSONWriter) {
    json.object("cost") { json in
      json.member("currency", currency)
      json.member("exact_nanos", tally.exact)
      json.member("at_most_nanos", tally.atMost)
      json.member("unknown_rows", tally.unknownCosts)
    }
  }
}
