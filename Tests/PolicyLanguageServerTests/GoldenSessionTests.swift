import Foundation
import RoutingTestSupport
import Testing

@testable import PolicyLanguageServer

/// Sessions as text files: what the client says, and below it what the server answers.
///
/// ```
/// # words for the reader
/// = /w/policy.rung        a file on disk, its lines behind `| `
/// | rung 1
/// > {"id":1, …}           the client
/// < {"id":1, …}           the server
/// ~                       the client is quiet for a while
/// ```
@Suite struct `Sessions` {
  static let names = [
    "lifecycle", "diagnostics", "imports", "fixes", "questions", "layout", "untitled", "broken",
    "rename", "requests", "confirm", "outofstep", "typing", "members",
  ]

  @Test(arguments: names) func `go as their files say`(name: String) throws {
    let golden = GoldenFile("\(name).session")
    let script = try String(contentsOf: golden.url, encoding: .utf8)
    let played = Self.play(script)
    let expected = try golden.expected(instead: played)
    #expect(played == expected, "\(name)")
  }

  /// The script with the server's lines as they are now.
  private static func play(_ script: String) -> String {
    let lines = script.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let disk = PlayedSession.Disk([:])
    var file: (path: String, text: String)?
    var session: PlayedSession?
    var played: [String] = []
    for line in lines where !line.hasPrefix("< ") && !line.hasPrefix("! ") {
      if line.hasPrefix("| ") || line == "|" {
        file?.text += line.dropFirst(2) + "\n"
        played.append(line)
        continue
      }
      if let (path, text) = file { disk.set(path, text) }
      file = nil
      played.append(line)
      if line.hasPrefix("= ") {
        file = (String(line.dropFirst(2)), "")
        continue
      }
      var current = session ?? PlayedSession(disk)
      if line.hasPrefix("> ") {
        let logs = current.logged.count
        played += current.say(String(line.dropFirst(2))).map { "< " + $0 }
        played += current.logged[logs...].map { "! " + $0 }
        if let code = current.exitCode { played.append("! exit \(code)") }
      } else if line == "~" {
        played += current.rest().map { "< " + $0 }
      }
      session = current
    }
    return played.joined(separator: "\n")
  }
}
