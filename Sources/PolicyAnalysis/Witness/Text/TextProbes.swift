import PolicyGraph
import PolicySemantics
import PolicySource
import TextPatterns

/// The text tests of a space, ready to be held against a text: one scan of each part answers all.
final class TextProbes {
  private struct Chunk {
    /// By pattern of the set.
    let levels: [Int]
    var scan: TextScan
  }

  private var chunks: [TextPart: [Chunk]] = [:]
  /// By part: the levels of its tests.
  let levels: [TextPart: [Int]]

  init(_ space: FieldSpace) {
    var found: [TextPart: [(level: Int, pattern: TextPattern)]] = [:]
    for (level, variable) in space.variables.enumerated() {
      guard case .text(let part, let probe) = variable.field else { continue }
      found[part, default: []].append((level, TextPattern(probe)))
    }
    levels = found.mapValues { $0.map(\.level) }
    for (part, probes) in found { chunks[part] = Self.chunks(probes[...]) }
  }

  /// Patterns that are too much for one set, as those of two policies may be, are halved; one that
  /// is refused alone is left out, and no text is known to pass it or not.
  private static func chunks(
    _ probes: ArraySlice<(level: Int, pattern: TextPattern)>
  ) -> [Chunk] {
    if let set = try? PatternSet(probes.map(\.pattern)) {
      return [Chunk(levels: probes.map(\.level), scan: TextScan(of: set))]
    }
    guard probes.count > 1 else { return [] }
    let middle = probes.startIndex + probes.count / 2
    return chunks(probes[..<middle]) + chunks(probes[middle...])
  }

  /// The levels of a part whose tests a text passes.
  ///
  /// O(bytes + tests). Throws where the text is too large to be scanned.
  func passed(by text: [UInt8], as part: TextPart) throws(ScanFailure) -> Set<Int> {
    var passed: Set<Int> = []
    guard var open = chunks[part] else { return passed }
    // Taken out while it works, so that it is not copied.
    chunks[part] = nil
    defer { chunks[part] = open }
    for index in open.indices {
      open[index].scan.start()
      for (pattern, level) in open[index].levels.enumerated()
      where try open[index].scan.holds(pattern, in: text.span) {
        passed.insert(level)
      }
    }
    return passed
  }
}

extension TextPattern {
  init(_ probe: TextProbe) {
    self =
      switch probe {
      case .mentions(let words): .mentions(words.texts)
      case .contains(let texts): .contains(texts.texts)
      case .startsWith(let text): .startsWith(text.text)
      case .matches(let pattern): .matches(pattern.text)
      case .has(let feature): .has([TextFeatureKind(feature)])
      }
  }
}
