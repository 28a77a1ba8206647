/// Whether a text that still comes is inside a fenced code block: bytes in, in any pieces.
///
/// As CommonMark has it: a line of at most three spaces and three or more backticks or tildes begins
/// a block, one of as many and nothing else ends it. A line that may begin a block counts as inside.
struct FenceProgress: Hashable, Sendable {
  /// Mark and length of the block that is open.
  private var block: Fence?
  private var indent = 0
  private var line = Fence(mark: 0, length: 0)
  private var state = LineState.indent

  private struct Fence: Hashable, Sendable {
    var mark: UInt8
    var length: Int
  }

  private enum LineState: Hashable, Sendable {
    case indent, run
    /// After the run: `isBare` as long as only white space follows.
    case rest(isBare: Bool)
    /// No fence.
    case other
  }

  var isInside: Bool { block != nil || mayOpen }

  private var mayOpen: Bool {
    guard line.length >= 3 else { return false }
    return state != .other
  }

  mutating func take(_ byte: UInt8) {
    if byte == UInt8(ascii: "\n") { return endLine() }
    switch state {
    case .other: return
    case .indent:
      if byte == UInt8(ascii: " "), indent < 3 {
        indent += 1
      } else if byte == UInt8(ascii: "`") || byte == UInt8(ascii: "~") {
        line = Fence(mark: byte, length: 1)
        state = .run
      } else {
        state = .other
      }
    case .run:
      if byte == line.mark {
        line.length += 1
      } else if line.length < 3 {
        state = .other
      } else {
        state = .rest(isBare: true)
        inRest(byte, isBare: true)
      }
    case .rest(let isBare): inRest(byte, isBare: isBare)
    }
  }

  private mutating func inRest(_ byte: UInt8, isBare: Bool) {
    let isSpace = byte == UInt8(ascii: " ") || byte == 0x09 || byte == 0x0D
    state = .rest(isBare: isBare && isSpace)
    // What has another backtick in its line is code within a line.
    if byte == UInt8(ascii: "`"), line.mark == byte { state = .other }
  }

  private mutating func endLine() {
    defer {
      indent = 0
      line = Fence(mark: 0, length: 0)
      state = .indent
    }
    guard line.length >= 3, state != .other, state != .indent else { return }
    guard let open = block else { return block = line }
    guard open.mark == line.mark, line.length >= open.length, state != .rest(isBare: false) else {
      return
    }
    block = nil
  }
}
