import JSONReading
import JSONWriting

// Files and batches, as far as a client of them needs: what a line is asked is answered as a call of its
// own would be, and stands in the books like one, when the batch is made.
extension Desk {
  /// Nil for what is no path of files and batches.
  func batchPlay(_ request: IncomingRequest) -> Play? {
    let parts = request.path.split(separator: "/").map(String.init)
    guard parts.count >= 2, parts[0] == "v1", ["files", "batches"].contains(parts[1]) else {
      return nil
    }
    guard isAuthorized(request) else { return record(request, ErrorShape(.unauthorized).reply) }
    switch (request.method, parts[1], parts.count) {
    case ("POST", "files", 2):
      return faulted(.upload, request) { () throws(BadRequest) in
        try self.upload(request)
      }
    case ("GET", "files", 4) where parts[3] == "content":
      return faulted(.content, request) { () throws(BadRequest) in
        try self.content(of: parts[2])
      }
    case ("POST", "batches", 2):
      return faulted(.create, request) { () throws(BadRequest) in
        try self.create(request)
      }
    case ("GET", "batches", 2): return faulted(.list, request) { self.list(request) }
    case ("GET", "batches", 3):
      return faulted(.poll, request) { () throws(BadRequest) in
        try self.look(at: parts[2])
      }
    case (_, _, 2...4): return record(request, ErrorShape(.wrongMethod).reply)
    case _: return record(request, ErrorShape(.noSuchPath).reply)
    }
  }

  private func faulted(
    _ call: BatchScript.Fault.Call, _ request: IncomingRequest,
    _ body: () throws(BadRequest) -> Reply
  ) -> Play {
    let fault = withBatches { book, script in book.fault(at: call, of: script) }
    switch fault {
    case .serverError: return record(request, ErrorShape(.server).reply)
    case .reset: return played(request, [.reset])
    case .resetAfter:
      _ = try? body()
      return played(request, [.reset])
    case .silentAfter:
      _ = try? body()
      return played(request, [.hang])
    case .notFound: return record(request, ErrorShape(.noSuchPath).reply)
    case .truncated, .short, .page, .oddStatus, .noOutput, nil: break
    }
    do throws(BadRequest) {
      let reply = try body()
      guard let fault else { return record(request, reply) }
      return record(
        request, Reply(contentType: reply.contentType, bytes: fault.changed(reply.bytes)))
    } catch {
      return record(request, ErrorShape(.badRequest(error.message)).reply)
    }
  }

  private func upload(_ request: IncomingRequest) throws(BadRequest) -> Reply {
    let form = try UploadForm(
      request.body, contentType: request.headers["content-type"] ?? "")
    guard form.purpose == "batch" else {
      throw BadRequest("the purpose `\(form.purpose)` is not served here")
    }
    let file = withBatches { book, _ in book.add(form.fileName, form.purpose, form.bytes) }
    return Reply(json: file.json)
  }

  private func content(of id: String) throws(BadRequest) -> Reply {
    guard let file = withBatches({ book, _ in book.files[id] }) else {
      throw BadRequest("No such File object: \(id)")
    }
    return Reply(contentType: "application/octet-stream", bytes: file.bytes)
  }

  private func look(at id: String) throws(BadRequest) -> Reply {
    let found = withBatches { book, script in
      book.look(at: id).map { $0.json(after: script.polls) }
    }
    guard let found else { throw BadRequest("No such Batch object: \(id)") }
    return Reply(json: found)
  }

  /// The newest first; `limit` and `after` as in the API.
  private func list(_ request: IncomingRequest) -> Reply {
    let limit = request.query["limit"].flatMap(Int.init) ?? 20
    let after = request.query["after"]
    return withBatches { book, script in
      var all = Array(book.batches.reversed())
      if let after, let place = all.firstIndex(where: { $0.id == after }) {
        all = Array(all[(place + 1)...])
      }
      let page = all.prefix(max(1, min(100, limit)))
      var json = JSONWriter()
      json.object { json in
        json.member("object", "list")
        json.array("data") { json in
          for batch in page { json.object { batch.write(to: &$0, after: script.polls) } }
        }
        json.member("first_id", orNull: page.first?.id)
        json.member("last_id", orNull: page.last?.id)
        json.member("has_more", page.count < all.count)
      }
      return Reply(json: json.bytes)
    }
  }

  private func create(_ request: IncomingRequest) throws(BadRequest) -> Reply {
    guard let root = try? JSONText(request.body).root, let input = root["input_file_id"]?.string,
      root["endpoint"]?.string == "/v1/chat/completions",
      root["completion_window"]?.string == "24h"
    else { throw BadRequest("`input_file_id`, `endpoint` or `completion_window` is missing") }
    guard let file = withBatches({ book, _ in book.files[input] }) else {
      throw BadRequest("No such File object: \(input)")
    }
    let script = withBatches { _, script in script }
    var work = BatchWork(script)
    let lines = file.bytes.split(separator: 0x0A)
    var problem: String?
    var names: Set<String> = []
    for line in lines where problem == nil {
      guard let json = try? JSONText(Array(line)).root, let name = json["custom_id"]?.string,
        json["method"]?.string == "POST", json["url"]?.string == "/v1/chat/completions",
        let body = json["body"], names.insert(name).inserted
      else {
        problem = "a line cannot be read, or its custom_id comes twice"
        continue
      }
      work.add(name, Array(body.raw), answering: answer)
    }
    if script.ending == .failed { problem = "the file was turned away" }
    let isTurnedAway = problem != nil
    let metadata = root["metadata"].map { Array($0.raw) } ?? Array("{}".utf8)
    let batch = withBatches { book, script in
      let output =
        isTurnedAway || work.output.isEmpty
        ? nil : book.add("output", "batch_output", work.file(work.output)).id
      let errors =
        isTurnedAway || work.errors.isEmpty
        ? nil : book.add("errors", "batch_output", work.file(work.errors)).id
      let batch = BatchBook.Batch(
        id: book.nextBatch, input: input, metadata: metadata, total: lines.count,
        ending: isTurnedAway ? .failed : script.ending, output: output, errors: errors,
        completed: work.completed, failed: work.failed, problem: problem)
      book.add(batch)
      return batch
    }
    return Reply(json: batch.json(after: script.polls))
  }

  /// What a line's request is answered with; it is in the books when this returns.
  private func answer(_ body: [UInt8], works: Bool) -> (status: Int, body: [UInt8]) {
    guard let call = try? ChatCall(body) else {
      return (400, ErrorShape(.badRequest("the request cannot be read")).bytes)
    }
    let (script, rule) = turn(of: call.model, call.question)
    guard let profile = script.profile(of: call.model) else {
      return (404, ErrorShape(.unknownModel(call.model)).bytes)
    }
    let completion = Answerer(call: call, profile: profile, rule: rule).completion(fault: nil)
    let number = enter(
      Stats.Seen(
        path: "/v1/batches", model: call.model, question: String(call.question.prefix(200)),
        streams: false, status: 200, fault: nil, promptTokens: works ? completion.usage.prompt : 0,
        completionTokens: works ? completion.usage.completion : 0,
        workedTokens: works ? completion.usage.prompt + completion.usage.completion : 0))
    ended(number, .whole)
    if let body = rule?.body { return (rule?.status ?? 200, Array(body.utf8)) }
    return (200, CompletionShape(completion: completion, fault: nil).whole)
  }
}

extension BatchScript.Fault.Kind {
  /// What is sent instead; whole by its own head, and not by what stands in it.
  fileprivate func changed(_ bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .truncated: return Array(bytes.dropLast(min(40, bytes.count / 2)))
    case .short:
      let lines = bytes.split(separator: 0x0A)
      return Array(lines.dropLast().map { $0 + [0x0A] }.joined())
    case .page: return Array("<html>\n<body>One moment, please.</body>\n</html>\n".utf8)
    case .oddStatus:
      return Self.replacing(/"status":"[a-z_]*"/, by: #""status":"queued""#, in: bytes)
    case .noOutput:
      return Self.replacing(
        /"output_file_id":"[^"]*"/, by: #""output_file_id":null"#, in: bytes)
    case .serverError, .reset, .resetAfter, .silentAfter, .notFound: return bytes
    }
  }

  private static func replacing(
    _ pattern: Regex<Substring>, by text: String, in bytes: [UInt8]
  ) -> [UInt8] {
    Array(String(decoding: bytes, as: UTF8.self).replacing(pattern, with: text).utf8)
  }
}

/// The lines of a batch, answered one after the other.
private struct BatchWork {
  let script: BatchScript
  var output: [[UInt8]] = []
  var errors: [[UInt8]] = []
  var completed = 0
  var failed = 0

  init(_ script: BatchScript) {
    self.script = script
    guard script.ending != .failed else { return }
    for number in 0..<script.strangers {
      output.append(Self.line("stranger-\(number)", 200, Array("{}".utf8)))
    }
  }

  mutating func add(
    _ name: String, _ body: [UInt8],
    answering answer: (_ body: [UInt8], _ works: Bool) -> (status: Int, body: [UInt8])
  ) {
    guard script.ending != .failed else { return }
    let question = (try? ChatCall(body))?.question ?? ""
    let rule = script.lines.first { question.contains($0.contains) }?.gives
    switch rule {
    case .error, .expired:
      failed += 1
      let code = rule == .expired ? "batch_expired" : "batch_error"
      errors.append(Self.line(name, code))
    case .serverError:
      failed += 1
      _ = answer(body, false)
      errors.append(Self.line(name, 500, ErrorShape(.server).bytes))
    case .missing:
      completed += 1
      _ = answer(body, true)
    case .twice:
      completed += 1
      let (status, text) = answer(body, true)
      output += [Self.line(name, status, text), Self.line(name, status, text)]
    case .twiceSpaced:
      completed += 1
      let (status, text) = answer(body, true)
      let spaced = String(decoding: text, as: UTF8.self).replacing(#"","#, with: #"",  "#)
      output += [Self.line(name, status, text), Self.line(name, status, Array(spaced.utf8))]
    case .answerAndError:
      completed += 1
      let (status, text) = answer(body, true)
      output.append(Self.line(name, status, text))
      errors.append(Self.line(name, "batch_error"))
    case .twoAnswers:
      completed += 1
      let (status, text) = answer(body, true)
      output += [
        Self.line(name, status, text), Self.line(name, 500, ErrorShape(.server).bytes),
      ]
    case .otherModel:
      completed += 1
      let (status, text) = answer(body, true)
      let other = String(decoding: text, as: UTF8.self)
        .replacing(#""model":""#, with: #""model":"other-"#, maxReplacements: 1)
      output.append(Self.line(name, status, Array(other.utf8)))
    case nil:
      let (status, text) = answer(body, true)
      if (200..<300).contains(status) {
        completed += 1
        output.append(Self.line(name, status, text))
      } else {
        failed += 1
        errors.append(Self.line(name, status, text))
      }
    }
  }

  func file(_ lines: [[UInt8]]) -> [UInt8] {
    Array((script.reverses ? lines.reversed() : lines).joined())
  }

  private static func line(_ name: String, _ status: Int, _ body: [UInt8]) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("id", "batch_req_\(name)")
      json.member("custom_id", name)
      json.object("response") { json in
        json.member("status_code", status)
        json.member("request_id", "req-\(name)")
        json.member("body", raw: body)
      }
      json.key("error")
      json.null()
    }
    return json.bytes + [0x0A]
  }

  private static func line(_ name: String, _ code: String) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("id", "batch_req_\(name)")
      json.member("custom_id", name)
      json.key("response")
      json.null()
      json.object("error") { json in
        json.member("code", code)
        json.member("message", "This request could not be executed.")
      }
    }
    return json.bytes + [0x0A]
  }
}
