package import JSONReading

/// What becomes of one member of an object that is otherwise passed on as it was written.
package enum MemberEdit: Sendable {
  /// The member gets this JSON for its value; where there is none, it is added at the end.
  case set(String, [UInt8])
  case drop(String)

  var name: String {
    switch self {
    case .set(let name, _), .drop(let name): name
    }
  }
}

extension JSONValue {
  /// The object with its members edited; every other byte as it was, white space too.
  ///
  /// Of anything but an object, the value as it was. One copy: linear in the value, times the edits.
  package func edited(_ edits: [MemberEdit]) -> [UInt8] {
    guard kind == .object else { return Array(raw) }
    var splice = ObjectSplice(self, reserving: edits)
    var isDone = [Bool](repeating: false, count: edits.count)
    for (key, value) in members {
      let place = key.string.flatMap { name in edits.firstIndex { $0.name == name } }
      guard let place else {
        splice.keep(key, value)
        continue
      }
      isDone[place] = true
      switch edits[place] {
      case .set(_, let json): splice.replace(key, value, with: json)
      case .drop: splice.drop(value)
      }
    }
    for (edit, isDone) in zip(edits, isDone) where !isDone {
      if case .set(let name, let json) = edit { splice.add(name, json) }
    }
    return splice.finish()
  }
}

/// Copies an object in as few runs as its edits allow.
private struct ObjectSplice {
  private let bytes: [UInt8]
  private let range: Range<Int>
  private var result: [UInt8] = []
  /// The first byte that is neither written nor left out.
  private var run: Int
  /// Where the last member seen ends.
  private var end: Int
  /// Whether a member has been kept.
  private var hasMembers = false

  init(_ object: JSONValue, reserving edits: [MemberEdit]) {
    bytes = object.text.bytes
    range = object.range
    run = range.lowerBound
    end = range.lowerBound + 1
    var room = range.count
    for edit in edits {
      if case .set(let name, let json) = edit { room += name.utf8.count + json.count + 4 }
    }
    result.reserveCapacity(room)
  }

  mutating func keep(_ key: JSONValue, _ value: JSONValue) {
    if !hasMembers, run > range.lowerBound { run = key.range.lowerBound }
    hasMembers = true
    end = value.range.upperBound
  }

  mutating func replace(_ key: JSONValue, _ value: JSONValue, with json: [UInt8]) {
    keep(key, value)
    write(to: value.range.lowerBound)
    result.append(contentsOf: json)
    run = end
  }

  /// Leaves out the member with the comma before it; the first ones with the comma after them.
  mutating func drop(_ value: JSONValue) {
    write(to: end)
    end = value.range.upperBound
    run = end
  }

  mutating func add(_ name: String, _ json: [UInt8]) {
    write(to: end)
    run = end
    result.append(contentsOf: hasMembers ? ",\"".utf8 : "\"".utf8)
    result.append(contentsOf: name.utf8)
    result.append(contentsOf: "\":".utf8)
    result.append(contentsOf: json)
    hasMembers = true
  }

  mutating func finish() -> [UInt8] {
    write(to: range.upperBound)
    return result
  }

  private mutating func write(to place: Int) {
    if run < place { result.append(contentsOf: bytes[run..<place]) }
    run = max(run, place)
  }
}
