import JSONReading

/// A batch as its provider describes it.
package struct ProviderBatch: Hashable, Sendable {
  package let id: String
  package let status: Status
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

  package init(_ bytes: [UInt8]) throws(WireProblem) {
    try self.init(try Self.json(bytes).root)
  }

  init(_ root: JSONValue) throws(WireProblem) {
    try root.wantedObject()
    id = try root.wantedMember("id").wantedString()
    let word = try root.wantedMember("status")
    guard let status = Status(rawValue: try word.wantedString()) else {
      throw .badValue(
        word.place, found: word.shown,
        wanted: Status.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", "))
    }
    self.status = status
    inputFile = root["input_file_id"]?.string
    outputFile = root["output_file_id"]?.string
    errorFile = root["error_file_id"]?.string
    counts = root["request_counts"].flatMap(Counts.init)
    var metadata: [String: String] = [:]
    if let members = root["metadata"]?.members {
      for (name, value) in members {
        if let name = name.string { metadata[name] = value.string }
      }
    }
    self.metadata = metadata
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
  /// Where the next page begins; nil on the last.
  package let next: String?

  /// A batch of somebody else that cannot be read is passed over.
  package init(_ bytes: [UInt8]) throws(WireProblem) {
    let json = try ProviderBatch.json(bytes)
    let root = json.root
    let data = try root.wantedMember("data")
    guard data.kind == .array else { throw data.wanted("an array of batches") }
    batches = data.elements.compactMap { try? ProviderBatch($0) }
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
