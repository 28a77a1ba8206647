import Foundation
import PolicyDiagnostics
import PolicySource
import RoutingTestSupport
import Testing

@testable import PolicyEditing

/// Every policy of the repository, whole and broken at seeded places, asked everything.
@Suite struct `Broken files` {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let policies: [String] = {
    var found: [String] = []
    for folder in ["policies", "examples"] {
      let names =
        (try? FileManager.default.subpathsOfDirectory(
          atPath: root.appending(path: folder).path(percentEncoded: false))) ?? []
      found += names.filter { $0.hasSuffix(".rung") }.sorted().map { "\(folder)/\($0)" }
    }
    return found
  }()

  static func bytes(_ path: String) -> [UInt8]? {
    (try? Data(contentsOf: root.appending(path: path))).map(Array.init)
  }

  @Test(arguments: policies)
  func `every question has an answer at every place, and every span lies on characters`(
    path: String
  ) throws {
    let original = try #require(Self.bytes(path))
    let seed: UInt64 = 20_261_122
    var random = SplitMix(state: seed)
    for round in 0..<8 {
      var bytes = original
      switch round {
      case 0: break
      case 1, 2: bytes = Array(bytes.prefix(random.below(bytes.count + 1)))
      case 3: bytes.removeSubrange(random.range(in: bytes.count))
      case 4:
        bytes.insert(
          contentsOf: bytes[random.range(in: bytes.count)], at: random.below(bytes.count))
      default:
        for _ in 0..<4 {
          bytes[random.below(bytes.count)] = Array("{}()\"/#=@$ \né\u{80}x1".utf8)[random.below(18)]
        }
      }
      let changed = bytes
      let snapshot = PolicySnapshot(path: path, today: nil) {
        $0 == path ? changed : Self.bytes($0)
      }
      let problems = Self.problems(of: snapshot, round == 0 ? 24 : 6, &random)
      #expect(problems.isEmpty, "\(path), seed \(seed), round \(round): \(problems.prefix(3))")
    }
  }

  /// Asks everything at so many places of the policy's own file.
  private static func problems(
    of snapshot: PolicySnapshot, _ count: Int, _ random: inout SplitMix
  ) -> [String] {
    guard let file = snapshot.sources.files.first else { return ["no file"] }
    var spans: [(String, Span)] = []
    spans += snapshot.diagnostics.map { ("diagnostic", $0.span) }
    spans += outlined(snapshot.outline(of: file.id))
    spans += snapshot.foldings(of: file.id).map { ("folding", $0) }
    let tokens = snapshot.tokens(of: file.id)
    spans += tokens.map { ("token", $0.span) }
    spans += snapshot.lenses(of: file.id).map { ("lens", $0.span) }
    var problems: [String] = []
    for (before, after) in zip(tokens, tokens.dropFirst()) where before.span.end > after.span.start
    {
      problems.append("tokens over each other at \(before.span.start)")
    }
    for hint in snapshot.hints(of: file.id, in: file.span) {
      let offset = UInt32(clamping: hint.offset)
      spans.append(("hint", Span(file: hint.file, start: offset, end: offset)))
    }
    _ = snapshot.formatted(file.id)
    var offsets = (0..<count).map { _ in random.below(file.bytes.count + 3) }
    offsets += [0, file.bytes.count, -5]
    for offset in offsets {
      let place = Place(file: file.id, offset: offset)
      spans += snapshot.completions(at: place).map { ("completion", $0.replacing) }
      spans += (snapshot.hover(at: place)?.span).map { [("hover", $0)] } ?? []
      spans += snapshot.definitions(at: place).map { ("definition", $0) }
      spans += snapshot.references(at: place, withDeclaration: true).map { ("reference", $0.span) }
      if let found = snapshot.renameable(at: place) {
        spans.append(("renameable", found.span))
        let files = (try? snapshot.rename(at: place, to: "zz_new"))?.files ?? []
        // A request's file has no place among the sources.
        for file in files where snapshot.sources[file.file.id]?.path == file.file.path {
          spans += file.edits.map { ("edit", $0.span) }
        }
      }
    }
    let elsewhere = Place(file: SourceID(999), offset: 3)
    if snapshot.hover(at: elsewhere) != nil { problems.append("a hover outside of all files") }
    for (what, span) in spans {
      guard let source = snapshot.sources[span.file], Int(span.end) <= source.bytes.count else {
        problems.append("\(what) outside of its file: \(span)")
        continue
      }
      if !source.isBoundary(Int(span.start)) || !source.isBoundary(Int(span.end)) {
        problems.append("\(what) inside a character: \(span)")
      }
    }
    return problems
  }

  private static func outlined(_ items: [OutlineItem]) -> [(String, Span)] {
    items.flatMap {
      [("outline", $0.span), ("outline name", $0.nameSpan)] + outlined($0.children)
    }
  }
}

extension SourceFile {
  /// Whether no byte of a character stands on both sides; files that are no UTF-8 have no such place.
  fileprivate func isBoundary(_ offset: Int) -> Bool {
    guard offset > 0, offset < bytes.count, String(validating: bytes, as: UTF8.self) != nil else {
      return true
    }
    return bytes[offset] & 0xC0 != 0x80
  }
}

extension SplitMix {
  mutating func below(_ count: Int) -> Int { Int.random(in: 0..<max(1, count), using: &self) }

  fileprivate mutating func range(in count: Int) -> Range<Int> {
    let start = below(count)
    return start..<min(count, start + 1 + below(60))
  }
}
