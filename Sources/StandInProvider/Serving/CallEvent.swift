import JSONWriting

/// What a provider's own books say of one call: told before the first byte of the answer leaves, and
/// once more when the answer is over.
package enum CallEvent: Sendable {
  /// Numbers go up from 1 and name the call.
  case began(Int, Stats.Seen)
  case ended(Int, Ending)

  package enum Ending: String, Hashable, Sendable {
    /// Every step was played.
    case whole
    /// By the script, before the answer was whole.
    case broken
    /// The other side was gone first.
    case hungUp = "hung_up"
  }

  /// One object on one line, with the newline.
  package func line(atMilliseconds time: Int64) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      switch self {
      case .began(let number, let seen):
        json.member("event", "began")
        json.member("call", number)
        json.member("time", time)
        seen.write(to: &json)
      case .ended(let number, let ending):
        json.member("event", "ended")
        json.member("call", number)
        json.member("time", time)
        json.member("ending", ending.rawValue)
      }
    }
    return json.bytes + [0x0A]
  }
}
