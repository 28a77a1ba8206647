/// A file of lines that somebody named on the command line: a log, a gold set, a matrix.
///
/// What is none of them by its first bytes is refused in one way, with the command that would read it.
struct LineFile: Sendable {
  let path: String
  /// What it should be: `log`.
  private let noun: String
  /// A command that reads it from standard input: `rung replay POLICY -`.
  private let command: String

  init(_ path: String, _ noun: String, readBy command: String) {
    self.path = path
    self.noun = noun
    self.command = command
  }

  /// Throws where nothing is, and of a folder; `-` is standard input.
  func checkIsThere() throws(CommandFailure) {
    guard path != "-" else { return }
    guard let isFolder = Files.isFolder(path) else { throw CommandFailure("there is no `\(path)`") }
    guard !isFolder else { throw CommandFailure("`\(path)` is a folder, not a \(noun)") }
  }

  /// All of it.
  func bytes() throws(CommandFailure) -> [UInt8] {
    try checkIsThere()
    let bytes = try Files.input(path)
    try check(bytes)
    return bytes
  }

  /// Throws if its first bytes are those of no lines: compressed, one array, no UTF-8.
  func check(_ head: [UInt8]) throws(CommandFailure) {
    switch Self.firstByte(head) {
    case 0x1f:
      throw CommandFailure("`\(path)` is compressed; read it as `zcat \(path) | \(command)`")
    case UInt8(ascii: "["):
      throw CommandFailure(
        "`\(path)` is one JSON array; a \(noun) is an object to a line: "
          + "`jq -c '.[]' \(path) | \(command)`")
    case 0xff, 0xfe:
      throw CommandFailure(
        "`\(path)` is no UTF-8; write it anew: `iconv -f UTF-16 -t UTF-8 \(path) | \(command)`")
    case _: return
    }
  }

  /// The first that is no space, behind a mark of the byte order.
  static func firstByte(_ head: some Sequence<UInt8>) -> UInt8? {
    head.first { ![0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf].contains($0) }
  }
}
