import Foundation
import RoutingTestSupport
import Testing

@Suite struct `The command, as the pages show it` {
  /// Every page with a `console` block.
  static let pages: [String] = {
    let files = FileManager.default
    var pages = ["README.md"]
    for folder in ["examples", "policies", "Tests/rungTests/Pages"] {
      let base = Shell.root.appending(path: folder)
      let names = files.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
      pages += names.filter { $0.hasSuffix(".md") }.map { "\(folder)/\($0)" }
    }
    return pages.sorted()
  }()

  @Test(arguments: pages)
  func `prints what the page says`(page name: String) throws {
    let url = Shell.root.appending(path: name)
    let text = try String(contentsOf: url, encoding: .utf8)
    let page = ConsolePage(text)
    let shell = try Shell()
    defer { shell.remove() }
    let results = try page.steps.map { try shell.run($0.command) }
    let actual = page.rewritten(with: results)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil, actual != text {
      try Data(actual.utf8).write(to: url)
      Issue.record("rewrote \(name); read the difference and run again")
      return
    }
    for (step, result) in zip(page.steps, results) {
      #expect(
        step.expected.joined(separator: "\n") == result.joined(separator: "\n"),
        "\(name): $ \(step.command)")
    }
  }
}
