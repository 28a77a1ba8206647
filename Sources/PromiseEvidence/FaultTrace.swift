/// What a program did to its files, in the order the calls began; written by `CMachineFaults`.
package struct FaultTrace: Sendable {
  package let events: [Event]

  package struct Event: Sendable {
    package let change: Change
    /// Counted from 1 over all calls that can be hurt; 0 for what cannot.
    package let call: Int

    package init(change: Change, call: Int) {
      self.change = change
      self.call = call
    }
  }

  package enum Change: Sendable {
    case opened(file: Int, path: String, isNew: Bool)
    case wrote(file: Int, offset: Int, bytes: [UInt8])
    case truncated(file: Int, size: Int)
    case syncBegan(file: Int)
    case syncEnded(file: Int)
    case unlinked(String)
    case renamed(from: String, to: String)
    /// Bytes that went to standard output: what the program acknowledged.
    case said([UInt8])
    /// The plan was carried out, on a call to this file; 0 for a name.
    case fault(file: Int)
    case mapped(file: Int)
    /// The call with the same number did not do what its record says.
    case failed
  }

  /// Reads all whole records; one that a kill cut off at the end is left out.
  package init(_ bytes: [UInt8]) throws(FaultTraceProblem) {
    var events: [Event] = []
    var place = 0
    while place + Self.headSize <= bytes.count {
      let size = Int(Self.number(bytes, place + 16, 4))
      let end = place + Self.headSize + size
      guard end <= bytes.count else { break }
      let data = Array(bytes[(place + Self.headSize)..<end])
      guard let change = Self.change(bytes, at: place, data: data) else {
        throw FaultTraceProblem(place: place)
      }
      events.append(Event(change: change, call: Int(Self.number(bytes, place + 20, 4))))
      place = end
    }
    self.events = events
  }

  package init(events: [Event]) { self.events = events }

  /// How many calls could be hurt.
  package var calls: Int { events.reduce(0) { max($0, $1.call) } }

  /// Whether the plan came to be carried out.
  package var hasFault: Bool {
    events.contains { event in
      if case .fault = event.change { true } else { false }
    }
  }

  /// All that was said before an event.
  package func said(before end: Int) -> [UInt8] {
    events[..<end].reduce(into: []) { text, event in
      if case .said(let bytes) = event.change { text += bytes }
    }
  }

  private static let headSize = 24

  private static func number(_ bytes: [UInt8], _ place: Int, _ size: Int) -> UInt64 {
    (0..<size).reduce(0) { $0 | UInt64(bytes[place + $1]) << UInt64(8 * $1) }
  }

  private static func change(_ bytes: [UInt8], at place: Int, data: [UInt8]) -> Change? {
    let file = Int(number(bytes, place + 4, 4))
    let offset = Int(truncatingIfNeeded: number(bytes, place + 8, 8))
    let text = String(decoding: data, as: UTF8.self)
    switch number(bytes, place, 4) {
    case 1: return .opened(file: file, path: text, isNew: offset == 1)
    case 2: return .wrote(file: file, offset: offset, bytes: data)
    case 3: return .truncated(file: file, size: offset)
    case 4: return .syncBegan(file: file)
    case 5: return .syncEnded(file: file)
    case 6: return .unlinked(text)
    case 7:
      let names = text.split(separator: "\0", omittingEmptySubsequences: false)
      return names.count == 2 ? .renamed(from: String(names[0]), to: String(names[1])) : nil
    case 8: return .said(data)
    case 9: return .fault(file: file)
    case 10: return .mapped(file: file)
    case 11: return .failed
    default: return nil
    }
  }
}

/// A record that cannot be one: where it begins.
package struct FaultTraceProblem: Error, Hashable, Sendable, CustomStringConvertible {
  package let place: Int

  package var description: String { "the trace of calls makes no sense at byte \(place)" }
}
