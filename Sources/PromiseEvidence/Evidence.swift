/// What three parties say of the same requests: the client, the provider and the ledger.
package struct Evidence: Sendable {
  /// A request the client was told of: its line on standard output was whole.
  package struct Acknowledged: Hashable, Sendable {
    package let marker: Marker
    /// The name of its row, if the line has one.
    package let id: String?
    /// In nano-units; nil if the line says it is unknown.
    package let cost: Int64?
    /// Whether the client was given an answer.
    package let isServed: Bool
    /// Whether the line says that there is a row; an answer says so whatever the line says.
    package let isRecorded: Bool

    package init(
      marker: Marker, id: String?, cost: Int64?, isServed: Bool, isRecorded: Bool = true
    ) {
      self.marker = marker
      self.id = id
      self.cost = cost
      self.isServed = isServed
      self.isRecorded = isRecorded || isServed
    }
  }

  /// A row of the ledger, as far as it matters here.
  package struct Row: Hashable, Sendable {
    package let id: String
    package let marker: Marker?
    package let cost: Int64?
    /// Written by a restart for a request that never ended.
    package let isLost: Bool

    package init(id: String, marker: Marker?, cost: Int64?, isLost: Bool) {
      self.id = id
      self.marker = marker
      self.cost = cost
      self.isLost = isLost
    }
  }

  package enum Finding: Hashable, Sendable {
    /// The client has the answer, and the ledger does not know.
    case lost(Marker)
    /// Two rows for one request.
    case doubled(Marker)
    case doubledName(String)
    /// The client was told another cost than the row has.
    case otherCost(Marker, told: Int64?, kept: Int64?)
    /// The provider bills more than the ledger has on record for the request.
    case unrecorded(Marker, bill: Int64, kept: Int64?)
    /// The provider answered a call nobody can name.
    case unnamedCall(Int)
  }

  package var acknowledged: [Acknowledged] = []
  package var calls: [WallCall] = []
  package var rows: [Row] = []
  /// Nano-units the provider bills for a call.
  package let bill: @Sendable (WallCall) -> Int64

  package init(bill: @escaping @Sendable (WallCall) -> Int64) { self.bill = bill }

  /// All that does not fit together, in a fixed order.
  package var findings: [Finding] {
    var findings: [Finding] = []
    var byMarker: [Marker: [Row]] = [:]
    var names: Set<String> = []
    for row in rows {
      if let marker = row.marker { byMarker[marker, default: []].append(row) }
      if !names.insert(row.id).inserted { findings.append(.doubledName(row.id)) }
    }
    for (marker, rows) in byMarker.sorted(by: { $0.key < $1.key }) where rows.count > 1 {
      findings.append(.doubled(marker))
    }
    for line in acknowledged where line.isRecorded {
      let row = byMarker[line.marker]?.first { line.id == nil || $0.id == line.id }
      guard let row, !row.isLost else {
        findings.append(.lost(line.marker))
        continue
      }
      if row.cost != line.cost {
        findings.append(.otherCost(line.marker, told: line.cost, kept: row.cost))
      }
    }
    var bills: [Marker: Int64] = [:]
    for call in calls {
      guard let marker = call.marker else {
        findings.append(.unnamedCall(call.number))
        continue
      }
      bills[marker, default: 0] += bill(call)
    }
    for (marker, bill) in bills.sorted(by: { $0.key < $1.key }) {
      let kept = byMarker[marker]?.first?.cost
      if kept.map({ $0 < bill }) ?? true {
        findings.append(.unrecorded(marker, bill: bill, kept: kept))
      }
    }
    return findings
  }
}

extension Evidence.Finding: CustomStringConvertible {
  package var description: String {
    switch self {
    case .lost(let marker): "\(marker): the client has its answer, the ledger has no row"
    case .doubled(let marker): "\(marker): two rows"
    case .doubledName(let name): "\(name): two rows of this name"
    case .otherCost(let marker, let told, let kept):
      "\(marker): the client was told \(Self.nanos(told)), the row has \(Self.nanos(kept))"
    case .unrecorded(let marker, let bill, let kept):
      "\(marker): the provider bills \(bill) nano, on record are \(Self.nanos(kept))"
    case .unnamedCall(let number): "call \(number) of the provider belongs to no request"
    }
  }

  private static func nanos(_ amount: Int64?) -> String { amount.map { "\($0) nano" } ?? "nothing" }
}
