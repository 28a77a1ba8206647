import Foundation
import JSONWriting
import PolicyUnits
import RoutingBudgets
package import RoutingLedger

/// The cells of one row, by their columns.
package struct EntryCells {
  let row: ChainedEntry
  let isGuarded: Bool

  package init(_ row: ChainedEntry, isGuarded: Bool = true) {
    self.row = row
    self.isGuarded = isGuarded
  }

  package subscript(field: EntryField) -> Cell {
    let entry = row.entry
    return switch field {
    case .format: .text(isGuarded ? EntryFormat.name : EntryFormat.unguarded)
    case .sequence: .integer(row.sequence)
    case .hash: .text(Hex.text(row.hash))
    case .id: .text(entry.id.description)
    case .time: Self.time(entry.time)
    case .settled: entry.settled.map { Self.time($0) } ?? .none
    case .origin: Cell(entry.origin)
    case .status: .text(entry.status.rawValue)
    case .reason: Cell(entry.reason)
    case .tenant: Cell(entry.caller.tenant)
    case .user: Cell(entry.caller.user)
    case .key: Cell(entry.caller.key)
    case .conversation: Cell(entry.caller.conversation)
    case .route: Cell(entry.route)
    case .task: Cell(entry.task)
    case .arm: Cell(entry.arm)
    case .modelAsked: .text(entry.modelAsked)
    case .modelServed: Cell(entry.modelServed)
    case .streamed: .bool(entry.isStreamed)
    case .currency: .text(entry.currency)
    case .cost: Cell(entry.cost.money)
    case .costNanos: Cell(entry.cost.money?.nanos)
    case .certainty: .text(entry.cost.certainty.rawValue)
    case .inputTokens: Cell(Self.sum(entry, \.input))
    case .cachedTokens: Cell(Self.sum(entry, \.cachedInput))
    case .outputTokens: Cell(Self.sum(entry, \.output))
    case .firstByte: Cell(entry.firstByte)
    case .elapsed: Cell(entry.elapsed)
    case .cache: Cell(entry.savings.cache)
    case .compression: Cell(entry.savings.compression)
    case .batch: Cell(entry.savings.batch)
    case .saved: Cell(entry.savings.saved)
    case .savedNanos: Cell(entry.savings.saved?.nanos)
    case .policy: Cell(entry.fingerprints.policy)
    case .catalog: Cell(entry.fingerprints.catalog)
    case .systemPrompt: Cell(entry.fingerprints.systemPrompt)
    case .body: Cell(entry.fingerprints.body)
    case .facts:
      entry.facts.isEmpty ? .none : .text(Data(entry.facts).base64EncodedString())
    case .attempts:
      .list { json in for attempt in entry.attempts { AttemptJSON.write(attempt, to: &json) } }
    case .charges:
      .list { json in for charge in entry.charges { ChargeJSON.write(charge, to: &json) } }
    case .parent: Cell(entry.parent?.description)
    case .commitPoint: Cell(entry.commitPoint)
    }
  }

  /// As text; milliseconds since 1970 where the calendar has no day for it.
  private static func time(_ time: Timestamp) -> Cell {
    ISOTime.text(time).map { .text($0) } ?? .integer(time.milliseconds)
  }

  /// Of all attempts whose tokens are known; nil if none are.
  package static func sum(_ entry: LedgerEntry, _ part: KeyPath<TokenEntry, Int64>) -> Int64? {
    let known = entry.attempts.compactMap { $0.tokens?[keyPath: part] }
    guard !known.isEmpty else { return nil }
    return Int64(clamping: known.reduce(Int128(0)) { $0 + Int128($1) })
  }
}

/// The cells of one attempt, by their columns.
package struct AttemptCells {
  let row: ChainedEntry
  let place: Int
  let attempt: AttemptEntry

  /// Of the attempt at a place from 0.
  package init(_ row: ChainedEntry, place: Int, attempt: AttemptEntry) {
    self.row = row
    self.place = place
    self.attempt = attempt
  }

  package subscript(field: AttemptField) -> Cell {
    let tokens = attempt.tokens
    return switch field {
    case .format: .text(EntryFormat.attempts)
    case .sequence: .integer(row.sequence)
    case .id: EntryCells(row)[.id]
    case .time: EntryCells(row)[.time]
    case .tenant: EntryCells(row)[.tenant]
    case .user: EntryCells(row)[.user]
    case .key: EntryCells(row)[.key]
    case .route: EntryCells(row)[.route]
    case .task: EntryCells(row)[.task]
    case .place: .integer(Int64(place) + 1)
    case .model: Cell(attempt.model)
    case .provider: Cell(attempt.provider)
    case .upstream: Cell(attempt.upstream)
    case .upstreamServed: Cell(attempt.upstreamServed)
    case .region: Cell(attempt.region)
    case .ladder: Cell(attempt.ladder)
    case .tier: Cell(attempt.tier)
    case .fallback: .bool(attempt.isFallback)
    case .attempt: .integer(attempt.attempt)
    case .verdict: .text(attempt.verdict)
    case .reason: Cell(attempt.reason)
    case .inputTokens: Cell(tokens?.input)
    case .cachedTokens: Cell(tokens?.cachedInput)
    case .cacheWrite: Cell(tokens?.cacheWrite)
    case .cacheWriteLong: Cell(tokens?.cacheWriteLong)
    case .outputTokens: Cell(tokens?.output)
    case .reasoningTokens: Cell(tokens?.reasoning)
    case .estimated: tokens.map { .bool($0.isEstimated) } ?? .none
    case .currency: .text(row.entry.currency)
    case .cost: Cell(attempt.cost.money)
    case .costNanos: Cell(attempt.cost.money?.nanos)
    case .certainty: .text(attempt.cost.certainty.rawValue)
    case .reserved: Cell(attempt.reserved)
    case .maxOutput: Cell(attempt.maxOutput)
    case .httpStatus: Cell(attempt.httpStatus)
    case .firstByte: Cell(attempt.firstByte)
    case .latency: Cell(attempt.latency)
    case .priceDate: Cell(attempt.priceDate)
    case .parts: .list { json in AttemptJSON.write(attempt.parts, to: &json) }
    case .gates:
      .list { json in for gate in attempt.gates { AttemptJSON.write(gate, to: &json) } }
    case .role: .text(attempt.role.rawValue)
    }
  }
}

/// Bytes as small hexadecimal digits.
package enum Hex {
  package static func text(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".unicodeScalars)
    var text = String.UnicodeScalarView()
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(text)
  }
}
