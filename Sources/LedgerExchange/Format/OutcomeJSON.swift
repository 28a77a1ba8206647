package import JSONWriting
package import RoutingLedger

/// What became of a request, in the words its row has for it.
package enum OutcomeJSON {
  /// `{"status":…,"reason":…,"model":…,"commit":…,"attempts":[…]}`: attempts as an export has them, every
  /// call and every step that was skipped, in order; `commit` is why a stream's first byte might go out.
  package static func write(_ entry: LedgerEntry, to json: inout JSONWriter) {
    json.object { json in
      json.member("status", entry.status.rawValue)
      json.member("reason", orNull: entry.reason)
      json.member("model", orNull: entry.modelServed)
      json.member("commit", orNull: entry.commitPoint)
      json.array("attempts") { json in
        for attempt in entry.attempts { AttemptJSON.write(attempt, to: &json) }
      }
    }
  }
}
