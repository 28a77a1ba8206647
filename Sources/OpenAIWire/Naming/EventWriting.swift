import JSONReading

/// Events of a stream, as bytes.
enum EventWriting {
  /// One JSON value as an event, its blank line included.
  ///
  /// Line feeds between its tokens become lines of the event, which a reader joins again; a carriage
  /// return there, which no event can hold, becomes a space.
  static func event(_ json: [UInt8]) -> [UInt8] {
    var event: [UInt8] = []
    event.reserveCapacity(json.count + 8)
    event.append(contentsOf: start)
    if json.contains(where: isLineEnd) {
      for byte in json {
        switch byte {
        case UInt8(ascii: "\n"):
          event.append(byte)
          event.append(contentsOf: start)
        case UInt8(ascii: "\r"): event.append(UInt8(ascii: " "))
        default: event.append(byte)
        }
      }
    } else {
      event.append(contentsOf: json)
    }
    event.append(UInt8(ascii: "\n"))
    event.append(UInt8(ascii: "\n"))
    return event
  }

  private static let start = Array("data: ".utf8)

  private static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }
}

extension ErrorResponse {
  /// The body with members beside the error object.
  package func body(adding members: [MemberEdit]) -> [UInt8] {
    guard !members.isEmpty, let root = try? JSONText(body).root else { return body }
    return root.edited(members)
  }

  /// The error as an event, where a stream that has begun cannot go on.
  ///
  /// Nothing follows it, not even `[DONE]`: clients raise it as an error of the call.
  package func event(adding members: [MemberEdit] = []) -> [UInt8] {
    EventWriting.event(body(adding: members))
  }
}
