import Foundation
import PromiseEvidence

/// The stand-in provider with its own books: every call it answered, written down before it answers.
final class Wall {
  let address: String
  private let child: Child
  private let log: URL
  /// Where the calls of the run before ended.
  private var seen = 0

  /// Starts it; `script` is JSON with models and rules.
  init(_ programs: Programs, in folder: URL, script: String? = nil) throws {
    log = folder.appending(path: "wall.jsonl")
    var arguments = ["--log", log.path, "--exit-with-parent"]
    if let script {
      let file = folder.appending(path: "wall-script.json")
      try Data(script.utf8).write(to: file)
      arguments += ["--script", file.path]
    }
    child = try Child(
      Child.Start(
        program: programs.standIn, arguments: arguments, folder: folder, name: "wall",
        endsWithUs: true))
    let deadline = ContinuousClock.now + .seconds(20)
    while !child.said.hasSuffix("\n") {
      guard child.endingIfOver() == nil, ContinuousClock.now < deadline else {
        throw PromiseFailure("rung-standin does not start: \(child.complaint)")
      }
      usleep(2000)
    }
    address = String(child.said.dropFirst("listening on ".count).dropLast())
  }

  deinit {
    child.kill()
    _ = child.ending(within: .seconds(5))
  }

  /// The calls since this was asked last.
  func newCalls() throws -> [WallCall] {
    let bytes = Array(try Data(contentsOf: log))
    defer { seen = bytes.count }
    return try WallCall.calls(inLog: bytes[seen...])
  }
}
