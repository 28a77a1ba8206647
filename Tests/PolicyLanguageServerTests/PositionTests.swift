import PolicySource
import RoutingTestSupport
import Testing

@testable import PolicyLanguageServer

@Suite struct `Positions` {
  /// Emoji of two UTF-16 units, of many scalars, letters with marks, every kind of line end.
  static let text = "a😀b\r\ne\u{301}té👩‍👩‍👧\n\n日本語\rend"

  private static func offset(
    _ line: Int, _ character: Int, _ encoding: PositionEncoding
  ) -> Int {
    SourceFile(path: "p", text: text).offset(
      of: TextPosition(line: line, character: character), in: encoding)
  }

  @Test func `count characters as the client does`() {
    #expect(Self.offset(0, 1, .utf16) == 1)
    #expect(Self.offset(0, 3, .utf16) == 5)
    #expect(Self.offset(0, 5, .utf8) == 5)
    // The line after the emoji: e, its mark (two bytes), t, é (two bytes).
    #expect(Self.offset(1, 4, .utf16) == 8 + 6)
    #expect(Self.offset(3, 1, .utf16) == Self.offset(3, 3, .utf8))
  }

  @Test func `beyond a line are its end, inside a character its start`() {
    #expect(Self.offset(0, 99, .utf16) == 6)
    #expect(Self.offset(0, Int(Int32.max), .utf8) == 6)
    #expect(Self.offset(0, 2, .utf16) == 1)
    #expect(Self.offset(0, 3, .utf8) == 1)
    #expect(Self.offset(99, 0, .utf16) == Self.text.utf8.count)
    #expect(Self.offset(-1, -5, .utf16) == 0)
    #expect(Self.offset(2, 7, .utf16) == Self.offset(2, 0, .utf16))
  }

  @Test(arguments: [PositionEncoding.utf8, .utf16])
  func `there and back is where it was`(encoding: PositionEncoding) {
    let file = SourceFile(path: "p", text: Self.text)
    for offset in 0...file.bytes.count {
      let position = file.position(of: offset, in: encoding)
      let back = file.offset(of: position, in: encoding)
      let isStart = offset == file.bytes.count || file.bytes[offset] & 0xC0 != 0x80
      // Between CR and LF there is no position: it is the line's end.
      let isInLineEnd =
        offset > 0 && file.bytes[offset - 1] == 0x0D && offset < file.bytes.count
        && file.bytes[offset] == 0x0A
      if isStart, !isInLineEnd { #expect(back == offset, "\(offset)") }
      #expect(back <= offset && offset - back < 4, "\(offset)")
    }
  }

  @Test func `of every byte of noise stay inside it`() {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix(state: seed)
    for _ in 0..<500 {
      let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
        [0x0A, 0x0D, 0x41, 0x80, 0xC3, 0xE2, 0xF0, 0xFF].randomElement(using: &random) ?? UInt8(0)
      }
      let file = SourceFile(id: SourceID(0), path: "p", bytes: bytes)
      for _ in 0..<20 {
        let place = TextPosition(
          line: Int.random(in: -2...20, using: &random),
          character: Int.random(in: -2...70, using: &random))
        for encoding in [PositionEncoding.utf8, .utf16] {
          let offset = file.offset(of: place, in: encoding)
          #expect(offset >= 0 && offset <= bytes.count, "seed \(seed)")
          let position = file.position(of: offset - 3, in: encoding)
          #expect(position.line >= 0 && position.character >= 0, "seed \(seed)")
        }
      }
    }
  }
}

@Suite struct `Names of documents` {
  @Test func `are paths, percent signs and all`() {
    let cases = [
      ("file:///a%20b/policy.rung", "/a b/policy.rung"),
      ("file:///a/%C3%A9t%C3%A9.rung", "/a/été.rung"),
      ("file://localhost/a/b.rung", "/a/b.rung"),
      ("file:/a/b.rung", "/a/b.rung"),
      ("FILE:///a/b%2Frung%25", "/a/b/rung%"),
      ("file:///100%/x%zz", "/100%/x%zz"),
      ("file:///a/b.rung?x#y", "/a/b.rung"),
      ("untitled:Untitled-1", "untitled:Untitled-1"),
      ("file://", "/"),
      // One file, however it is spelled.
      ("file:///w/p%6Flicy.rung", "/w/policy.rung"),
      ("file:///w//org/%2E./policy.rung", "/w/policy.rung"),
      ("file:///../w/./policy.rung", "/w/policy.rung"),
    ]
    for (uri, path) in cases { #expect(DocumentURI.path(of: uri) == path) }
    #expect(DocumentURI.uri(of: "/a b/é#?.rung") == "file:///a%20b/%C3%A9%23%3F.rung")
    #expect(DocumentURI.uri(of: "untitled:Untitled-1") == "untitled:Untitled-1")
  }

  @Test func `become what they were`() {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix(state: seed)
    let letters = Array("az/ %é日#?:&+\"😀")
    for _ in 0..<500 {
      let random = String((0..<12).compactMap { _ in letters.randomElement(using: &random) })
      let path = "/" + random.split(separator: "/").joined(separator: "/")
      #expect(DocumentURI.path(of: DocumentURI.uri(of: path)) == path, "seed \(seed)")
    }
  }
}
