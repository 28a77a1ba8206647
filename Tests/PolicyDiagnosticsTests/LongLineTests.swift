import PolicyDiagnostics
import PolicySource
import Testing

@Suite struct `Lines of megabytes` {
  @Test(arguments: ["a", "é", "😀"])
  func `are shown around the finding, at once`(filler: String) {
    let half = String(repeating: filler, count: 1_000_000 / filler.utf8.count)
    var sources = SourceMap()
    _ = sources.add(path: "long.yaml", bytes: Array((half + "HERE" + half).utf8))
    let span = sources.span(half.utf8.count, half.utf8.count + 4)
    let finding = Diagnostic(
      "w", .error, "in the middle", at: span, fixIts: [FixIt("there", edits: [Edit(span, "THERE")])]
    )
    var text = ""
    let time = ContinuousClock().measure {
      text = DiagnosticTextRenderer(sources: sources, width: 40).render(finding)
    }
    #expect(time < .seconds(20))
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.count == 5, "\(text.prefix(400))")
    #expect(lines[0].hasPrefix("long.yaml:1:\(half.count + 1): error[w]"))
    #expect(lines[2].hasPrefix("1 | …") && lines[2].hasSuffix("…") && lines[2].contains("HERE"))
    #expect(lines[3].hasSuffix("^^^^") && lines[3].utf8.count < 60)
    #expect(lines[4].hasSuffix("help: there"))
  }
}
