import Foundation

/// Pairs written down by hand: `one | other` on a line.
enum PairCorpus {
  static func pairs(_ name: String) throws -> [(String, String)] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Corpus").appendingPathComponent(name)
    let text = try String(contentsOf: file, encoding: .utf8)
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
      let sides = line.components(separatedBy: " | ")
      return sides.count == 2 ? (sides[0], sides[1]) : nil
    }
  }
}
