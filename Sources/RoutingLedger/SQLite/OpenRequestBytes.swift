import RoutingBudgets

/// An open request's claims and progress as the two byte strings of its record.
enum OpenRequestBytes {
  static func write(_ claims: [Claim]) -> [UInt8] {
    var bytes = CanonicalBytes()
    bytes.add(list: claims) { bytes, claim in
      let window = WindowColumns(claim.key.window)
      bytes.add(claim.key.budget)
      bytes.add(claim.key.unit.rawValue)
      bytes.add(claim.key.owner)
      bytes.add(window.kind)
      bytes.add(window.start)
      bytes.add(claim.cap)
      bytes.add(claim.amount)
    }
    return bytes.bytes
  }

  static func write(_ progress: Progress) -> [UInt8] {
    var bytes = CanonicalBytes()
    bytes.add(list: progress.used) { $0.add($1) }
    bytes.add(list: progress.pending) { $0.add($1) }
    return bytes.bytes
  }

  /// Nil if these bytes are not what ``write(_:)`` makes.
  static func claims(_ bytes: [UInt8]) -> [Claim]? {
    var reader = CanonicalReader(bytes)
    guard let count = reader.count() else { return nil }
    var claims: [Claim] = []
    for _ in 0..<count {
      guard let claim = claim(&reader) else { return nil }
      claims.append(claim)
    }
    return reader.isAtEnd ? claims : nil
  }

  static func progress(_ bytes: [UInt8], claims: Int) -> Progress? {
    var reader = CanonicalReader(bytes)
    guard let used = numbers(&reader), let pending = numbers(&reader), reader.isAtEnd,
      used.count == claims, pending.count == claims
    else { return nil }
    return Progress(used: used, pending: pending)
  }

  private static func numbers(_ reader: inout CanonicalReader) -> [Int64]? {
    guard let count = reader.count() else { return nil }
    var numbers: [Int64] = []
    for _ in 0..<count {
      guard let number = reader.number(), number >= 0 else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  private static func claim(_ reader: inout CanonicalReader) -> Claim? {
    guard let budget = reader.text(), let unit = reader.text().flatMap(BudgetUnit.init(rawValue:)),
      let hasOwner = reader.flag()
    else { return nil }
    var owner: String?
    if hasOwner {
      guard let text = reader.text() else { return nil }
      owner = text
    }
    guard let kind = reader.text(), let start = reader.text(),
      let window = WindowColumns.window(kind: kind, start: start), let cap = reader.number(),
      let amount = reader.number(), amount >= 0
    else { return nil }
    let key = CounterKey(budget: budget, unit: unit, owner: owner, window: window)
    return Claim(key: key, cap: cap, amount: amount)
  }
}
