import PolicySource
import YAMLReading

/// The bytes of a keys file by lines.
struct KeysText {
  private let bytes: [UInt8]
  /// As the file ends its lines.
  private let newline: String

  init(_ file: SourceFile) {
    let bytes = file.bytes
    let first = bytes.firstIndex(of: 0x0A)
    let isCRLF = first.map { $0 > 0 && bytes[$0 - 1] == 0x0D } ?? false
    newline = isCRLF ? "\r\n" : "\n"
    self.bytes = bytes
  }

  /// Whether a mapping is written inside braces.
  func isInBraces(_ node: YAMLNode) -> Bool {
    let start = Int(node.span.start)
    return bytes.indices.contains(start) && bytes[start] == UInt8(ascii: "{")
  }

  func startOfLine(at offset: Int) -> Int {
    let before = bytes[..<min(offset, bytes.count)]
    return before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
  }

  /// Behind the newline of the line that holds the byte before `offset`.
  func endOfLine(at offset: Int) -> Int {
    let from = max(0, min(offset, bytes.count) - 1)
    return bytes[from...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
  }

  /// The spaces before what stands at a span.
  func indent(of span: Span) -> String {
    let start = startOfLine(at: Int(span.start))
    return String(repeating: " ", count: max(0, Int(span.start) - start))
  }

  func appending(_ lines: [String]) -> [UInt8] { inserting(lines, below: bytes.count) }

  /// The file with whole lines behind the line that ends at or after `offset`.
  func inserting(_ lines: [String], below offset: Int) -> [UInt8] {
    let end = endOfLine(at: offset)
    var new = Array(bytes[..<end])
    if let last = new.last, last != 0x0A { new += Array(newline.utf8) }
    for line in lines { new += Array((line + newline).utf8) }
    return new + bytes[end...]
  }

  /// The file without the bytes of a span, and with whole lines behind its line.
  func replacing(_ span: Span, andAddingBelow lines: [String]) -> [UInt8] {
    let end = endOfLine(at: Int(span.end))
    var new = Array(bytes[..<Int(span.start)] + bytes[Int(span.end)..<end])
    if let last = new.last, last != 0x0A { new += Array(newline.utf8) }
    for line in lines { new += Array((line + newline).utf8) }
    return new + bytes[end...]
  }
}
