import JSONReading

/// A batch as its provider describes it.
package struct ProviderBatch: Hashable, Sendable {
  package let id: String
  /// Nil for a word that is none of the Batch API's, and where there is none: nobody knows then whether
  /// it is over.
  package let status: Status?
  /// The status as the provider wrote it; empty where it is no text.
  package let statusWord: String
  package let inputFile: String?
  package let outputFile: String?
  package let errorFile: String?
  /// Requests in all, and how many of them have ended; nil where the provider does not say.
  package let counts: Counts?
  /// Texts its maker gave it.
  package let metadata: [String: String]
  /// Why it failed as a whole; one line each.
  package let problems: [String]

  package enum Status: String, Hashable, Sendable, CaseIterable {
    case validating, failed
    case inProgress = "in_progress"
    case finalizing, completed, expired, cancelling, cancelled

    /// Whether nothing of it changes any more.
    package var isOver: Bool {
      switch self {
      case .validating, .inProgress, .finalizing, .cancelling: false
      case .failed, .completed, .expired, .cancelled: true
      }
    }
  }

  package struct Counts: Hashable, Sendable {
    package let total: Int64
    package let completed: Int64
    package let failed: Int64
  }

  /// Whatever else cannot be read, a batch with a name is one: its maker would make it again.
  package init(_ bytes: [UInt8]) throws(WireProblem) {
    try self.init(try Self.json(bytes).root)
  }

  /// Whether nothing of it changes any more, as far as anybody knows.
  package var isOver: Bool { status?.isOver ?? false }

  fileprivate static func metadata(of root: JSONValue) -> [String: String] {
    var metadata: [String: String] = [:]
    guard let members = root["metadata"]?.members else { return metadata }
    for (name, value) in members {
      if let name = name.string { metadata[name] = value.string }
    }
    return metadata
  }

  init(_ root: JSONValue) throws(WireProblem) {
    try root.wantedObject()
    id = try root.wantedMember("id").wantedString()
    statusWord = root["status"]?.string ?? ""
    status = Status(rawValue: statusWord)
    inputFile = root["input_file_id"]?.string
    outputFile = root["output_file_id"]?.string
    errorFile = root["error_file_id"]?.string
    counts = root["request_counts"].flatMap(Counts.init)
    metadata = Self.metadata(of: root)
    problems =
      root["errors"]?["data"]?.elements.compactMap { error in
        error["message"]?.string.map { message in
          let line = error["line"]?.integer.map { " (line \($0))" } ?? ""
          return message.split(whereSeparator: \.isNewline).joined(separator: " ") + line
        }
      } ?? []
  }

  static func json(_ bytes: [UInt8]) throws(WireProblem) -> JSONText {
    do throws(JSONProblem) {
      return try JSONText(bytes)
    } catch {
      throw .json(error)
    }
  }
}

extension ProviderBatch.Counts {
  fileprivate init?(_ value: JSONValue) {
    guard let total = value["total"]?.integer, let completed = value["completed"]?.integer,
      let failed = value["failed"]?.integer, total >= 0, completed >= 0, failed >= 0
    else { return nil }
    self.init(total: total, completed: completed, failed: failed)
  }
}

/// One page of a provider's batches, the newest first.
package struct ProviderBatchPage: Sendable {
  package let batches: [ProviderBatch]
  /// What the provider lists without a name it could be asked by.
  package let nameless: [Nameless]
  /// Where the next page begins; nil on the last.
  package let next: String?

  /// What is known of a batch without a name.
  package struct Nameless: Hashable, Sendable {
    package let inputFile: String?
    package let metadata: [String: String]
  }

  package init(_ bytes: [UInt8]) throws(WireProblem) {
    let json = try ProviderBatch.json(bytes)
    let root = json.root
    let data = try root.wantedMember("data")
    guard data.kind == .array else { throw data.wanted("an array of batches") }
    var batches: [ProviderBatch] = []
    var nameless: [Nameless] = []
    for element in data.elements {
      if let batch = try? ProviderBatch(element) {
        batches.append(batch)
      } else {
        nameless.append(
          Nameless(
            inputFile: element["input_file_id"]?.string,
            metadata: ProviderBatch.metadata(of: element)))
      }
    }
    self.batches = batches
    self.nameless = nameless
    let last = root["last_id"]?.string ?? data.elements.compactMap { $0["id"]?.string }.last
    next = root["has_more"]?.bool == true ? last : nil
  }
}

/// A file as its provider describes it.
package struct ProviderFile: Hashable, Sendable {
  package let id: String

  package init(_ bytes: [UInt8]) throws(WireProblem) {
    let json = try ProviderBatch.json(bytes)
    try json.root.wantedObject()
    id = try json.root.wantedMember("id").wantedString()
  }
}
