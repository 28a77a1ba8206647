import RoutingLedger

extension LedgerFinding {
  /// What to do about it, in one line.
  var cure: String {
    switch self {
    case .page(_, isInLog: true):
      "nothing is lost: the next writer puts the whole page in its place"
    case .page, .fileSize, .structure, .unreadable:
      "take the file from a backup; what is still readable comes out with `rung ledger export`"
    case .log:
      "what the log held since its last checkpoint is lost from there on: take all files from a backup"
    case .row, .malformed, .rating, .malformedRating, .strays:
      "somebody changed it outside of rung: compare with a backup or an export"
    case .gap, .ratingGap, .ratingCount, .doubled:
      "somebody changed the rows outside of rung: compare with a backup or an export"
    case .counter:
      "somebody changed it outside of rung, and its budget counts wrongly: take the file from a backup"
    case .headMissing, .headDamaged:
      "the next commit writes it anew; compare the last row's hash with one you kept"
    case .missingAtEnd:
      "the file is older than its head: if it was restored from a backup, what came since is missing"
    case .headMismatch:
      "the chain was written anew, or the file and its head are of two ledgers: compare with a backup"
    case .expectedHeadAbsent:
      "the hash is of another ledger, or the history up to it was written anew: compare with a backup"
    case .knownLoss:
      "nothing to do: it was known when it happened, and is kept on record"
    }
  }
}
