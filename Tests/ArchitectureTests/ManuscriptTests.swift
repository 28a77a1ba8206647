import Foundation
import Testing

@Suite struct `Manuscript` {
  @Test func `files stay small`() {
    let all = SourceTree.shared.sources + SourceTree.shared.tests
    let sizes = all.map { (path: $0.path, lines: $0.lines.count) }.sorted { $0.lines < $1.lines }
    let median = sizes[sizes.count / 2].lines
    let ninetieth = sizes[sizes.count * 9 / 10].lines
    print("\(sizes.count) files, median \(median) lines, nine of ten at most \(ninetieth)")
    #expect(median <= 120)
    #expect(ninetieth <= 300)
    let offenders = sizes.filter { $0.lines > 500 }
    #expect(offenders.isEmpty, "over 500 lines: \(offenders)")
  }

  @Test(arguments: SourceTree.shared.sources)
  func `nothing is forced, stubbed or left for later`(file: SourceTree.File) {
    for (number, text) in file.code {
      let place: Comment = "\(file.path):\(number): \(text)"
      #expect(!text.contains("try!"), place)
      #expect(!text.contains("as!"), place)
      #expect(!text.contains("fatalError("), place)
      #expect(!text.contains("@unchecked Sendable") || isExplained(number, in: file), place)
    }
    for (index, line) in file.lines.enumerated() {
      let marks = ["TO" + "DO", "FIX" + "ME", "X" + "XX:"]
      for mark in marks {
        #expect(!line.contains(mark), "\(file.path):\(index + 1)")
      }
    }
  }

  @Test(
    arguments: SourceTree.shared.sources.filter {
      !$0.module.hasPrefix("rung") && $0.module != "StandInProvider"
    })
  func `only the commands print`(file: SourceTree.File) {
    for (number, text) in file.code {
      let calls = text.range(of: #"(^|[^.\w])print\("#, options: .regularExpression) != nil
      #expect(!calls, "\(file.path):\(number): \(text)")
    }
  }

  @Test func `names say what a thing is`() {
    for file in SourceTree.shared.sources {
      let name = file.path.split(separator: "/").last.map(String.init) ?? ""
      for shelf in ["Util", "Helper", "Manager", "Misc"] {
        #expect(!name.contains(shelf), "\(file.path)")
      }
    }
  }

  private func isExplained(_ number: Int, in file: SourceTree.File) -> Bool {
    let around = file.lines[max(0, number - 6)..<min(file.lines.count, number + 1)]
    return around.contains { $0.contains("@unchecked Sendable because") }
  }
}
