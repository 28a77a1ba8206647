import HTTPUpstream
import JSONWriting
package import OpenAIWire

/// A provider's files and batches: one HTTP call for each function, none of them repeated.
package struct BatchClient: Sendable {
  let client: HTTPUpstream
  let base: String
  let key: Secret?
  /// How long nothing may come back before a call is given up; an upload has the time its bytes take
  /// beside.
  package var patience = Duration.seconds(60)

  /// The slowest connection a file is uploaded over, in bytes a second.
  private static let slowest = 128 << 10

  /// Why a call came to nothing.
  package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
    /// Whether the same call may fare better later.
    package let isPassing: Bool
    /// Whether the provider may have done what was asked all the same.
    package let mayBeDone: Bool
    /// What it asked to wait, in milliseconds.
    package let wait: Int64?
    /// Whether the provider said that it did it, in words nobody can read.
    package var isDone = false
  }

  /// The most bytes of a file that are read.
  private static let mostBytes = 512 << 20

  /// Gives a provider the file of a batch.
  ///
  /// A file alone costs nothing: one whose name was lost is sent again.
  package func upload(_ lines: [UInt8], named name: String, boundary: String) async throws(Failure)
    -> ProviderFile
  {
    var form = MultipartForm(boundary: boundary)
    form.add("purpose", "batch")
    form.add("file", file: name, type: "application/jsonl", lines)
    // The first byte of an answer comes after the last of a file, which may be large.
    let answer = try await call(
      .post, "/files", [("content-type", form.contentType)], form.bytes,
      beside: .seconds(form.bytes.count / Self.slowest))
    return try read { () throws(WireProblem) in try ProviderFile(answer) }
  }

  /// Asks for a batch of a file; `mark` stands in its metadata, by which it is found again.
  package func create(of file: String, mark: String) async throws(Failure) -> ProviderBatch {
    var json = JSONWriter()
    json.object { json in
      json.member("input_file_id", file)
      json.member("endpoint", BatchEndpoint.chat)
      json.member("completion_window", "24h")
      json.object("metadata") { $0.member(Self.member, mark) }
    }
    let answer = try await call(
      .post, "/batches",
      [("content-type", "application/json"), ("idempotency-key", "rung-\(mark)")], json.bytes)
    return try read { () throws(WireProblem) in try ProviderBatch(answer) }
  }

  private static let member = "rung_batch"

  /// The batch with this mark, or of one of these files; nil if the provider has none.
  ///
  /// Looks through all of the provider's batches, a hundred at a time.
  package func find(mark: String, files: Set<String>) async throws(Failure) -> ProviderBatch? {
    var after = ""
    var pages = 0
    while true {
      let bytes = try await call(.get, "/batches?limit=100" + after)
      let page = try read { () throws(WireProblem) in try ProviderBatchPage(bytes) }
      func isOurs(_ metadata: [String: String], _ file: String?) -> Bool {
        metadata[Self.member] == mark || file.map(files.contains) == true
      }
      if let found = page.batches.first(where: { isOurs($0.metadata, $0.inputFile) }) {
        return found
      }
      guard !page.nameless.contains(where: { isOurs($0.metadata, $0.inputFile) }) else {
        throw Failure(
          description: "the provider lists our batch without an `id` it could be asked by",
          isPassing: true, mayBeDone: true, wait: nil)
      }
      pages += 1
      guard let next = page.next else { return nil }
      guard pages < 10_000, let name = Self.inURL(next) else {
        throw Failure(
          description: "the provider's list of batches does not end", isPassing: false,
          mayBeDone: false, wait: nil)
      }
      after = "&after=" + name
    }
  }

  package func batch(_ id: String) async throws(Failure) -> ProviderBatch {
    let bytes = try await call(.get, "/batches/" + (try named(id)))
    return try read { () throws(WireProblem) in try ProviderBatch(bytes) }
  }

  package func content(of file: String) async throws(Failure) -> [UInt8] {
    try await call(.get, "/files/" + (try named(file)) + "/content")
  }

  /// A name a provider gave, where it can stand in a path.
  private func named(_ id: String) throws(Failure) -> String {
    guard let name = Self.inURL(id) else {
      throw Failure(
        description: "the provider's name for a batch or file cannot be part of an address",
        isPassing: false, mayBeDone: false, wait: nil)
    }
    return name
  }

  private static func inURL(_ text: String) -> String? {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
      case _: false
      }
    }
    return isPlain && (1...256).contains(text.utf8.count) ? text : nil
  }

  private func read<Value>(
    _ body: () throws(WireProblem) -> Value
  ) throws(Failure) -> Value {
    do throws(WireProblem) {
      return try body()
    } catch {
      throw Failure(
        description: "the provider's answer cannot be read: \(error.message)", isPassing: true,
        mayBeDone: true, wait: nil, isDone: true)
    }
  }

  private func call(
    _ method: UpstreamRequest.Method, _ path: String, _ headers: [(String, String)] = [],
    _ body: [UInt8] = [], beside sending: Duration = .zero
  ) async throws(Failure) -> [UInt8] {
    var all = [UpstreamHeader("accept", "*/*")]
    if let key { all.append(.bearer(key)) }
    all += headers.map { UpstreamHeader($0.0, $0.1) }
    let request = UpstreamRequest(
      method, base + path, headers: all, body: body,
      deadlines: UpstreamDeadlines(
        firstByte: patience + sending, silence: patience, whole: .seconds(3600)),
      limits: UpstreamLimits(body: Self.mostBytes))
    let answer: UpstreamAnswer
    do throws(UpstreamFailure) {
      answer = try await client.sendWhole(request)
    } catch {
      throw Failure(
        description: error.description, isPassing: error != .cancelled && error != .shutDown,
        mayBeDone: true, wait: nil)
    }
    guard (200..<300).contains(answer.status) else {
      throw Failure(ProviderAnswer(answer.head, body: answer.body), hiding: key)
    }
    return answer.body
  }
}

extension BatchClient.Failure {
  fileprivate init(_ answer: ProviderAnswer, hiding key: Secret?) {
    do throws(ProviderFailure) {
      _ = try answer.read()
      self.init(
        description: "the provider answered with status \(answer.status)", isPassing: true,
        mayBeDone: true, wait: nil)
    } catch {
      let message = key?.blankedOut(in: error.message) ?? error.message
      let line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
      self.init(
        description: "\(answer.status): \(line.prefix(200))",
        isPassing: answer.status >= 500 || answer.status == 429 || answer.status == 408,
        mayBeDone: answer.status >= 500 || answer.status == 408, wait: error.retryAfter)
    }
  }
}
