import Foundation
import Testing

@Suite struct `Ladder scripts` {
  /// One `== name` section of the corpus: a script, `---`, the transcript.
  struct Case: CustomTestStringConvertible {
    let name: String
    let script: String
    let transcript: String

    var testDescription: String { name }
  }

  static let corpus = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Corpus/ladders.txt")

  static let cases: [Case] = {
    guard let text = try? String(contentsOf: corpus, encoding: .utf8) else { return [] }
    return text.components(separatedBy: "== ").dropFirst().map { section in
      let lines = section.components(separatedBy: "\n")
      let body = lines.dropFirst().joined(separator: "\n")
      let halves = body.components(separatedBy: "\n---\n")
      let transcript = halves.count > 1 ? halves[1] : ""
      return Case(
        name: lines[0], script: halves[0],
        transcript: transcript.trimmingCharacters(in: .newlines))
    }
  }()

  @Test func `the corpus is there`() { #expect(Self.cases.count >= 30) }

  @Test(arguments: cases)
  func `a script gives its transcript`(_ scripted: Case) throws {
    let transcript = try LadderTranscript.play(scripted.script)
    guard ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == nil else { return }
    #expect(transcript == scripted.transcript, "\(scripted.name)")
  }

  @Test func `golden transcripts are rewritten on request`() throws {
    guard ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil else { return }
    var text = ""
    for scripted in Self.cases {
      let script = scripted.script.trimmingCharacters(in: .newlines)
      let transcript = try LadderTranscript.play(script)
      text += "== \(scripted.name)\n\(script)\n---\n\(transcript)\n\n"
    }
    let header = "Scripts for the ladder machine: what there is, what happens, what it does.\n\n"
    try (header + text).write(to: Self.corpus, atomically: true, encoding: .utf8)
    Issue.record("golden transcripts were rewritten")
  }
}
