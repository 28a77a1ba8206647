import CSimdJSON

/// Ways to a value, as `messages[2].content`.
enum JSONPath {
  /// The way to the value that was being read when the reader stopped.
  static func ofError(
    _ failure: csimdjson_error, nodes: [csimdjson_node], bytes: [UInt8]
  ) -> String {
    var path = ""
    var failure = failure
    let depth = Int(failure.depth)
    unsafe withUnsafeBytes(of: &failure.frames) { raw in
      let frames = unsafe raw.bindMemory(to: csimdjson_frame.self)
      for level in 0..<min(depth, frames.count) {
        let frame = unsafe frames[level]
        let container = Int(frame.node)
        guard container < nodes.count else { return }
        if nodes[container].info == CSIMDJSON_ARRAY.rawValue {
          path += "[\(frame.count)]"
        } else if failure.code == CSIMDJSON_DUPLICATE_KEY.rawValue, level == depth - 1 {
          // Found at the end of its object, whose last key need not be the one that stands twice.
          append(key: keyText(at: Int(failure.offset), in: bytes), to: &path)
        } else if frame.key > 0, Int(frame.key) < nodes.count {
          append(key: keyText(at: Int(nodes[Int(frame.key)].start), in: bytes), to: &path)
        }
      }
    }
    return path
  }

  /// The way to a value of a complete text: linear in the text, for messages only.
  static func of(_ target: JSONValue) -> String {
    var path = ""
    var value = target.text.root
    descent: while value.index < target.index {
      switch value.kind {
      case .object:
        for (key, member) in value.members where member.contains(target) {
          append(key: key.string ?? "", to: &path)
          value = member
          continue descent
        }
        return path
      case .array:
        for (number, element) in value.elements.enumerated() where element.contains(target) {
          path += "[\(number)]"
          value = element
          continue descent
        }
        return path
      case .string, .number, .true, .false, .null: return path
      }
    }
    return path
  }

  /// A key as a step of a path; in brackets if it is no plain name.
  static func append(key: String, to path: inout String) {
    let isPlain = !key.isEmpty && key.utf8.allSatisfy(isNameByte)
    if !isPlain {
      path += "[\"\(key.prefix(40))\"]"
    } else {
      path += path.isEmpty ? key : ".\(key)"
    }
  }

  /// The text of the key whose opening quote is at an offset.
  static func keyText(at offset: Int, in bytes: [UInt8]) -> String {
    var end = offset + 1
    while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
      end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard offset + 1 <= end, end <= bytes.count else { return "" }
    return JSONValue.unescaped(bytes[(offset + 1)..<end])
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
