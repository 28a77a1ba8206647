import PolicySource
import PolicyUnits
import RoutingBudgets
package import RoutingLedger

/// Makes records into rows of the ledger.
package struct RowMaker: Sendable {
  package let kind: ImportKind
  let options: ImportOptions
  let source: ImportSource

  package init(_ kind: ImportKind, options: ImportOptions, source: ImportSource) {
    self.kind = kind
    self.options = options
    self.source = source
  }

  /// A record as a row.
  package struct Row: Sendable {
    package let entry: LedgerEntry
    /// What was taken otherwise than it stands.
    package let notes: [RowNote]
    /// The name the record brought, as a message may show it.
    package let name: String?
  }

  /// The row of a record, which is the `number`th of its file.
  package func row(from record: SourceRecord, number: Int) throws(RowProblem) -> Row {
    var notes: [RowNote] = []
    let foreign: ForeignRow
    switch kind {
    case .rung:
      let entry = try own(record, &notes)
      return Row(entry: entry, notes: notes, name: nil)
    case .liteLLMSpend:
      let reader = LiteLLMRow(roundsUp: options.roundsUp, trustsZero: options.trustsZero)
      foreign = try reader.read(record, &notes)
    case .azureTrace: foreign = try AzureTraceRow.read(record, &notes)
    case .mapped(let mapping):
      foreign = try MappedRow(mapping: mapping, roundsUp: options.roundsUp).read(record, &notes)
    }
    let entry = try entry(foreign, number, &notes)
    if Self.hasZero(entry) { notes.append(.zeroCharacter) }
    return Row(entry: entry, notes: notes, name: foreign.name.map { ShownText.of($0) })
  }

  /// Whether the ledger keeps a text otherwise than it stands: its texts end at a zero character.
  private static func hasZero(_ entry: LedgerEntry) -> Bool {
    let attempt = entry.attempts.first
    let texts = [
      entry.caller.tenant, entry.caller.user, entry.caller.key, entry.caller.conversation,
      entry.modelAsked, entry.modelServed, entry.reason, attempt?.provider, attempt?.upstream,
    ]
    return texts.contains { $0?.utf8.contains(0) == true }
  }

  /// A row of ours keeps its name; what it charged budgets with stays where it was charged.
  private func own(
    _ record: SourceRecord, _ notes: inout [RowNote]
  ) throws(RowProblem) -> LedgerEntry {
    var entry = try EntryReading.entry(from: record)
    guard entry.currency == options.currency else {
      throw .otherCurrency(ShownText.of(entry.currency), wanted: options.currency)
    }
    if source.round > 0 {
      entry.id = name(at: entry.time, of: entry.id.description, orNumber: 0)
    }
    if !entry.charges.isEmpty { notes.append(.chargesLeft) }
    entry.charges = []
    entry.origin = source.origin(kind, before: entry.origin)
    return entry
  }

  private func entry(
    _ row: ForeignRow, _ number: Int, _ notes: inout [RowNote]
  ) throws(RowProblem) -> LedgerEntry {
    let model = row.model ?? options.model
    let cost = cost(of: row, on: model, &notes)
    var entry = LedgerEntry(
      id: name(at: row.time, of: row.name, orNumber: number), time: row.time, status: row.status,
      currency: options.currency, cost: cost.cost)
    entry.caller = row.caller
    if let key = row.caller.key, ShownText.isLikeKey(key) {
      entry.caller.key = nil
      notes.append(.keyHidden)
    }
    entry.modelAsked = row.modelAsked ?? model ?? "unknown"
    if row.status == .answered || row.status == .notAccepted { entry.modelServed = model }
    entry.reason = row.reason
    entry.elapsed = row.elapsed ?? Milliseconds(0)
    entry.firstByte = row.firstByte
    entry.origin = source.origin(kind)
    if cost.isPriced { entry.fingerprints.catalog = options.pricing?.fingerprint }
    if row.isFromCache {
      entry.savings.cache = "exact"
    } else if row.status != .refused {
      entry.attempts = [attempt(row, model: model, cost: cost)]
    }
    return entry
  }

  private func attempt(
    _ row: ForeignRow, model: String?, cost: (cost: EntryCost, isPriced: Bool)
  ) -> AttemptEntry {
    var attempt = AttemptEntry(verdict: Self.verdict(row.status), cost: cost.cost)
    attempt.model = model.flatMap { options.pricing?.name(of: $0) }
    attempt.provider = row.provider
    attempt.upstream = model
    attempt.attempt = 1
    attempt.reason = row.reason
    attempt.tokens = row.tokens
    attempt.httpStatus = row.httpStatus
    attempt.firstByte = row.firstByte
    attempt.latency = row.elapsed ?? Milliseconds(0)
    if cost.isPriced { attempt.priceDate = model.flatMap { options.pricing?.priceDate(of: $0) } }
    return attempt
  }

  private static func verdict(_ status: LedgerEntry.Status) -> String {
    switch status {
    case .answered: "accepted"
    case .notAccepted: "rejected"
    case .cancelled: "cancelled"
    case .failed, .lost, .refused: "failed"
    }
  }

  /// The file's own cost, or else the catalog's price of its tokens.
  private func cost(
    of row: ForeignRow, on model: String?, _ notes: inout [RowNote]
  ) -> (cost: EntryCost, isPriced: Bool) {
    guard row.cost.money == nil, let pricing = options.pricing, let tokens = row.tokens,
      !row.isFromCache
    else { return (row.cost, false) }
    guard let model,
      let cost = pricing.cost(of: tokens, on: model, knowsParts: row.knowsParts)
    else {
      notes.append(.unpriced)
      return (row.cost, false)
    }
    notes.removeAll { $0 == .zeroIsUnknown }
    notes.append(.priced)
    return (cost, true)
  }

  /// The same record makes the same name, so that a row is known again in another file; a record
  /// without a name of its own goes by its file and its place there.
  private func name(at time: Timestamp, of text: String?, orNumber number: Int) -> RequestID {
    var hash = StableHash()
    hash.combine(kind.word)
    if let text {
      hash.combine(text)
    } else {
      hash.combine(source.digest.first)
      hash.combine(source.digest.second)
      hash.combine(UInt64(clamping: number))
    }
    hash.combine(UInt64(clamping: source.round))
    let digest = hash.digest
    return RequestID(at: time, random: (digest.first, digest.second))
  }
}
