import JSONReading
import OpenAIWire
import PolicySource

/// One request of a batch, under the name its answer is told by.
struct BatchItem: Sendable {
  /// Unique in its file; of a bare request the number of its line.
  let customID: String
  /// Its line in the file of requests, from 1.
  let line: Int
  let file: RequestFile

  /// Its name as a message has it.
  var shownID: String { Terminal.harmless(String(customID.prefix(80))) }

  /// What tells another request under the same name: its body as it was written, and who asks.
  func digest(asking caller: String) -> String {
    var hash = StableHash()
    hash.combine(caller)
    hash.append(file.request.json.bytes)
    return hash.digest.hex
  }
}

/// What a batch is called by its items' keys.
struct BatchName: Hashable, Sendable {
  /// Hexadecimal; in every line of its answers.
  let digest: String

  /// By a name somebody chose.
  init(_ name: String) { digest = StableHash.digest(ofFields: ["batch", "name", name]).hex }

  /// By the file its answers go to.
  init(answersAt path: String) {
    digest = StableHash.digest(ofFields: ["batch", "file", path]).hex
  }

  /// As a line of answers has it.
  init(digest: String) { self.digest = digest }

  /// The idempotency key of an item; `asked` counts from 1, each with a key of its own.
  func key(of customID: String, asked: Int) -> String {
    "rung-batch/\(digest)/\(StableHash.digest(of: customID.utf8).hex)/\(asked)"
  }
}
