import Foundation
import Testing

@Suite struct `Every code of rung rule` {
  /// Codes no golden file shows, each with the reason.
  static let exceptions = [
    "yaml_not_json": "of a request in YAML, whose findings are shown without their code"
  ]

  @Test func `is shown in a golden file or on a page`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let codes = try shell.run("rung rule").map { String($0.prefix { $0 != " " }) }
    #expect(codes.count > 100)
    let shown = Self.goldenText()
    let words = Set(shown.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
    let missing = codes.filter { !words.contains($0) && Self.exceptions[$0] == nil }
    #expect(missing.isEmpty, "codes without a golden file: \(missing)")
  }

  @Test func `has a page that names it`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let list = try shell.run("rung rule").map { String($0.prefix { $0 != " " }) }
    #expect(list == list.sorted() && Set(list).count == list.count)
    for code in list.prefix(8) + list.suffix(8) {
      let page = try shell.run("rung rule \(code)")
      #expect(page.first?.hasPrefix(code) == true)
      for heading in ["What it finds", "Why", "Is the fix safe"] {
        #expect(page.contains(heading), "\(code) lacks \(heading)")
      }
    }
  }

  /// Everything under `Tests` that is text and no source, and the lint rules themselves: a test of
  /// theirs lints the sample of each.
  private static func goldenText() -> String {
    text(under: "Tests", [".txt", ".md", ".golden", ".json", ".rung"])
      + text(under: "Sources/PolicyLint/Rules", [".swift"])
  }

  private static func text(under folder: String, _ endings: [String]) -> String {
    let base = Shell.root.appending(path: folder)
    let names = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String }
    var text = ""
    for name in (names ?? []).sorted() where endings.contains(where: name.hasSuffix) {
      text += (try? String(contentsOf: base.appending(path: name), encoding: .utf8)) ?? ""
    }
    return text
  }
}
