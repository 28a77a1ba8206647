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

  /// A line of 1.2 MB with 40,000 findings: to walk to each of them would take minutes.
  @Test(arguments: ["", "\"é😀\" ", "e\u{301} "])
  func `have as many places as findings, at once`(start: String) {
    let word = "tier "
    let count = 40_000
    let bytes = Array((start + String(repeating: start + word, count: count)).utf8)
    let file = SourceFile(path: "long.rung", text: String(decoding: bytes, as: UTF8.self))
    let step = start.count + word.count
    let units = start.utf16.count + word.utf16.count
    let size = start.utf8.count + word.utf8.count
    var wrong: [Int] = []
    let time = ContinuousClock().measure {
      for index in 0..<count {
        let location = file.location(of: UInt32(start.utf8.count + index * size))
        let isRight =
          location.column == start.count + index * step + 1
          && location.utf16Column == start.utf16.count + index * units + 1
          && location.utf8Column == start.utf8.count + index * size + 1
        if !isRight { wrong.append(index) }
      }
    }
    #expect(wrong.isEmpty)
    #expect(time < .seconds(20))
  }
}
