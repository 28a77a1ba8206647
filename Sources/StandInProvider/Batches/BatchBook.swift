import JSONWriting

/// The files and batches a stand-in holds: a value, changed under the desk's lock.
struct BatchBook: Sendable {
  struct File: Sendable {
    let id: String
    let name: String
    let purpose: String
    let bytes: [UInt8]
  }

  struct Batch: Sendable {
    let id: String
    let input: String
    /// JSON, as it came.
    let metadata: [UInt8]
    let total: Int
    var polls = 0
    /// What it comes to; its files are there once it is over.
    let ending: BatchScript.Ending
    let output: String?
    let errors: String?
    let completed: Int
    let failed: Int
    let problem: String?
  }

  private(set) var files: [String: File] = [:]
  /// In the order they were made.
  private(set) var batches: [Batch] = []
  private var uses: [Int: Int] = [:]

  mutating func add(_ name: String, _ purpose: String, _ bytes: [UInt8]) -> File {
    let file = File(
      id: "file-standin\(files.count + 1)", name: name, purpose: purpose, bytes: bytes)
    files[file.id] = file
    return file
  }

  mutating func add(_ batch: Batch) { batches.append(batch) }

  var nextBatch: String { "batch_standin\(batches.count + 1)" }

  mutating func look(at id: String) -> Batch? {
    guard let place = batches.firstIndex(where: { $0.id == id }) else { return nil }
    batches[place].polls += 1
    return batches[place]
  }

  /// The fault of a call, if one is left for it.
  mutating func fault(at call: BatchScript.Fault.Call, of script: BatchScript)
    -> BatchScript.Fault.Kind?
  {
    for (index, fault) in script.faults.enumerated() where fault.at == call {
      guard uses[index, default: 0] < fault.times else { continue }
      uses[index, default: 0] += 1
      return fault.kind
    }
    return nil
  }
}

extension BatchBook.File {
  var json: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("id", id)
      json.member("object", "file")
      json.member("bytes", bytes.count)
      json.member("created_at", 1_767_225_600)
      json.member("filename", name)
      json.member("purpose", purpose)
    }
    return json.bytes
  }
}

extension BatchBook.Batch {
  /// Whether it has been looked at often enough.
  func isOver(after polls: Int) -> Bool { self.polls > polls || ending == .failed }

  func write(to json: inout JSONWriter, after wanted: Int) {
    let isOver = isOver(after: wanted)
    json.member("id", id)
    json.member("object", "batch")
    json.member("endpoint", "/v1/chat/completions")
    json.member("input_file_id", input)
    json.member("completion_window", "24h")
    json.member("status", isOver ? ending.rawValue : polls == 0 ? "validating" : "in_progress")
    json.member("output_file_id", orNull: isOver ? output : nil)
    json.member("error_file_id", orNull: isOver ? errors : nil)
    json.object("request_counts") { json in
      json.member("total", total)
      json.member("completed", isOver ? completed : completed * polls / (wanted + 1))
      json.member("failed", isOver ? failed : 0)
    }
    json.member("metadata", raw: metadata)
    if let problem {
      json.object("errors") { json in
        json.member("object", "list")
        json.array("data") { json in
          json.object { json in
            json.member("code", "invalid")
            json.member("message", problem)
          }
        }
      }
    }
  }

  func json(after polls: Int) -> [UInt8] {
    var json = JSONWriter()
    json.object { write(to: &$0, after: polls) }
    return json.bytes
  }
}
