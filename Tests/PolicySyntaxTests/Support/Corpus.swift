import Foundation
import PolicySource

/// `grammar/corpus/*.txt`: `==== production: remark ====`, a policy, `---`, its tree.
struct Corpus {
  struct Entry {
    let heading: String
    let source: SourceFile
    let tree: String

    var production: String { String(heading.prefix { $0 != ":" }) }
  }

  static let names = ["conditions", "declarations", "ladders", "routes", "tests"]

  let url: URL
  let entries: [Entry]

  init(_ name: String) throws {
    url = Checkout.folder.appending(path: "grammar/corpus/\(name).txt")
    let text = try String(contentsOf: url, encoding: .utf8)
    entries = text.split(separator: "==== ", omittingEmptySubsequences: true).map { part in
      let headed = part.split(separator: " ====\n", maxSplits: 1)
      let halves = (headed.last ?? "").split(
        separator: "---\n", maxSplits: 1, omittingEmptySubsequences: false)
      return Entry(
        heading: String(headed.first ?? ""),
        source: SourceFile(path: name, text: String(halves.first ?? "")),
        tree: halves.count == 2 ? halves[1].trimmingCharacters(in: .newlines) + "\n" : "")
    }
  }

  static var all: [Entry] {
    get throws { try names.flatMap { try Corpus($0).entries } }
  }

  /// The file with other trees.
  func text(trees: [String]) -> String {
    zip(entries, trees).map { entry, tree in
      let source = entry.source.text(of: entry.source.span)
      return "==== \(entry.heading) ====\n\(source)---\n\(tree)"
    }.joined(separator: "\n")
  }
}
