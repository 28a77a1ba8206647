import JSONReading
import Testing

@testable import OpenAIWire

@Suite struct `Files of a provider's batch` {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func `a request is a line, whatever stands in it`() throws {
    let body = bytes(
      "{\"model\":\"m\",\n \"messages\":[{\"role\":\"user\",\"content\":\"a\\nb\"}]\r\n}")
    let line = BatchInputLine(customID: "row \"1\"", body: body).bytes
    #expect(line.count { $0 == 0x0A } == 1 && line.last == 0x0A)
    let root = try JSONText(line.dropLast().map { $0 }).root
    #expect(root["custom_id"]?.string == "row \"1\"")
    #expect(root["method"]?.string == "POST" && root["url"]?.string == "/v1/chat/completions")
    let content = root["body"]?["messages"]?.elements.first { _ in true }?["content"]?.string
    #expect(content == "a\nb")
  }

  @Test func `lines come back as answers, as errors, or as neither`() {
    let answered = BatchOutputLine(
      bytes(
        #"{"id":"x","custom_id":"a","response":{"status_code":200,"request_id":"r","body":{"id":1}},"error":null}"#
      ))
    #expect(answered?.customID == "a")
    #expect(answered?.result == .answered(status: 200, body: bytes(#"{"id":1}"#)))
    let failed = BatchOutputLine(
      bytes(
        #"{"custom_id":"b","response":null,"error":{"code":"batch_expired","message":"too late"}}"#)
    )
    #expect(failed?.result == .failed(code: "batch_expired", message: "too late"))
    let none = [
      "", "{}", "[]", #"{"custom_id":1,"response":null,"error":null}"#,
      #"{"custom_id":"a","response":null,"error":null}"#,
      #"{"custom_id":"a","response":{"status_code":99,"body":{}}}"#,
      #"{"custom_id":"a","response":{"status_code":200}}"#, #"{"custom_id":"a","respon"#,
    ]
    for text in none { #expect(BatchOutputLine(bytes(text)) == nil, "\(text)") }
  }

  @Test func `a batch says how far it is`() throws {
    let batch = try ProviderBatch(
      bytes(
        """
        {"id":"batch_1","object":"batch","endpoint":"/v1/chat/completions","errors":{"object":"list",
        "data":[{"code":"bad","message":"no\\nsuch model","line":3}]},"input_file_id":"file-1",
        "completion_window":"24h","status":"in_progress","output_file_id":null,
        "request_counts":{"total":10,"completed":4,"failed":1},"metadata":{"rung_batch":"x"}}
        """))
    #expect(batch.status == .inProgress && !batch.isOver)
    #expect(batch.inputFile == "file-1" && batch.outputFile == nil)
    #expect(batch.counts == ProviderBatch.Counts(total: 10, completed: 4, failed: 1))
    #expect(batch.metadata == ["rung_batch": "x"] && batch.problems == ["no such model (line 3)"])
    for text in [
      "", "[]", "{}", #"{"status":"sleeping"}"#, #"{"id":1,"status":"failed"}"#,
    ] {
      #expect(throws: WireProblem.self) { try ProviderBatch(bytes(text)) }
    }
    let over = ProviderBatch.Status.allCases.filter(\.isOver)
    #expect(Set(over) == [.failed, .completed, .expired, .cancelled])
  }

  @Test(arguments: [
    #"{"id":"b","status":"queued"}"#, #"{"id":"b","status":7}"#, #"{"id":"b"}"#,
    #"{"id":"b","status":"Completed","metadata":[],"request_counts":"none"}"#,
  ]) func `a batch with a name is one, whatever its status`(text: String) throws {
    let batch = try ProviderBatch(bytes(text))
    #expect(batch.id == "b" && batch.status == nil && !batch.isOver)
  }

  @Test func `a list of batches has pages, and tells of what has no name`() throws {
    let page = try ProviderBatchPage(
      bytes(
        #"{"data":[{"id":"b1","status":"completed"},{"id":"b2","status":"later"},{"metadata":{"a":"b"}},7],"has_more":true,"last_id":"b2"}"#
      ))
    #expect(page.batches.map(\.id) == ["b1", "b2"] && page.next == "b2")
    #expect(page.nameless.map(\.metadata) == [["a": "b"], [:]])
    let last = try ProviderBatchPage(bytes(#"{"data":[],"has_more":false}"#))
    #expect(last.batches.isEmpty && last.next == nil)
    #expect(throws: WireProblem.self) { try ProviderBatchPage(bytes(#"{"data":{}}"#)) }
  }

  @Test func `a form holds its parts between boundaries`() {
    var form = MultipartForm(boundary: "b1")
    form.add("purpose", "batch")
    form.add("file", file: "x.jsonl", type: "application/jsonl", bytes("{}\n"))
    #expect(form.contentType == "multipart/form-data; boundary=b1")
    let text =
      "--b1\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n"
      + "--b1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.jsonl\"\r\n"
      + "Content-Type: application/jsonl\r\n\r\n{}\n\r\n--b1--\r\n"
    #expect(String(decoding: form.bytes, as: UTF8.self) == text)
  }
}
