import HTTPUpstream
import JSONReading
import Testing

@testable import StandInProvider

@Suite struct `Files and batches of a stand-in` {
  private func with(
    _ script: Script = Script(), _ test: (StandIn, HTTPUpstream) async throws -> Void
  ) async throws {
    let standIn = try await StandIn.start(script: script)
    let client = HTTPUpstream()
    do {
      try await test(standIn, client)
    } catch {
      client.shutdown()
      await standIn.stop()
      throw error
    }
    client.shutdown()
    await standIn.stop()
  }

  private func form(_ lines: String, purpose: String = "batch") -> [UInt8] {
    Array(
      ("--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n\(purpose)\r\n--b\r\n"
        + "Content-Disposition: form-data; name=\"file\"; filename=\"x.jsonl\"\r\n"
        + "Content-Type: application/jsonl\r\n\r\n\(lines)\r\n--b--\r\n").utf8)
  }

  private func line(_ name: String, _ question: String) -> String {
    #"{"custom_id":"\#(name)","method":"POST","url":"/v1/chat/completions","body":{"model":"qwen3-8b","#
      + #""messages":[{"role":"user","content":"\#(question)"}]}}"# + "\n"
  }

  private func post(
    _ path: String, _ body: [UInt8], type: String, _ standIn: StandIn, _ client: HTTPUpstream
  ) async throws -> (status: Int, json: JSONValue) {
    let answer = try await client.sendWhole(
      UpstreamRequest(
        .post, standIn.address + path, headers: [UpstreamHeader("content-type", type)], body: body))
    return (answer.status, try JSONText(answer.body).root)
  }

  private func get(
    _ path: String, _ standIn: StandIn, _ client: HTTPUpstream
  ) async throws -> (status: Int, body: [UInt8]) {
    let answer = try await client.sendWhole(UpstreamRequest(.get, standIn.address + path))
    return (answer.status, answer.body)
  }

  @Test func `answer what was asked, out of order, and count it once`() async throws {
    try await with(Script(batches: BatchScript(polls: 1))) { standIn, client in
      let file = try await post(
        "/files", form(line("a", "one?") + line("b", "two?")),
        type: "multipart/form-data; boundary=b", standIn, client)
      let id = try #require(file.json["id"]?.string)
      let made = try await post(
        "/batches",
        Array(
          #"{"input_file_id":"\#(id)","endpoint":"/v1/chat/completions","completion_window":"24h"}"#
            .utf8), type: "application/json", standIn, client)
      let batch = try #require(made.json["id"]?.string)
      #expect(made.json["status"]?.string == "validating" && standIn.stats.calls == 2)
      let early = try JSONText(try await get("/batches/\(batch)", standIn, client).body).root
      #expect(early["status"]?.string == "in_progress" && early["output_file_id"]?.isNull == true)
      let late = try JSONText(try await get("/batches/\(batch)", standIn, client).body).root
      #expect(late["status"]?.string == "completed")
      let output = try #require(late["output_file_id"]?.string)
      let content = try await get("/files/\(output)/content", standIn, client)
      let names = content.body.split(separator: 0x0A).compactMap {
        (try? JSONText(Array($0)))?.root["custom_id"]?.string
      }
      #expect(names == ["b", "a"] && standIn.stats.calls == 2)
    }
  }

  @Test func `refuse what is no form, no file and no batch`() async throws {
    try await with { standIn, client in
      let forms: [([UInt8], String)] = [
        (form(""), "application/json"), (Array("x".utf8), "multipart/form-data; boundary=b"),
        (form(""), "multipart/form-data; boundary=c"),
        (form("", purpose: "fine-tune"), "multipart/form-data; boundary=b"),
        (Array(form("").dropLast(20)), "multipart/form-data; boundary=b"),
        ([], "multipart/form-data; boundary=b"),
      ]
      for (body, type) in forms {
        let answer = try await post("/files", body, type: type, standIn, client)
        #expect(answer.status == 400, "\(type)")
      }
      for path in ["/files/none/content", "/batches/none"] {
        let answer = try await get(path, standIn, client)
        #expect(answer.status == 400, "\(path)")
      }
      let other = try await get("/files", standIn, client)
      #expect(other.status == 405)
      let bad = try await post(
        "/batches", Array("{}".utf8), type: "application/json", standIn, client)
      #expect(bad.status == 400 && standIn.stats.calls == 0)
    }
  }

  @Test func `list batches in pages, the newest first`() async throws {
    try await with { standIn, client in
      let file = try await post(
        "/files", form(line("a", "one?")), type: "multipart/form-data; boundary=b", standIn, client)
      let id = try #require(file.json["id"]?.string)
      let ask = Array(
        #"{"input_file_id":"\#(id)","endpoint":"/v1/chat/completions","completion_window":"24h"}"#
          .utf8)
      for _ in 0..<3 {
        _ = try await post("/batches", ask, type: "application/json", standIn, client)
      }
      let first = try JSONText(try await get("/batches?limit=2", standIn, client).body).root
      #expect(first["has_more"]?.bool == true && first["last_id"]?.string == "batch_standin2")
      let rest = try JSONText(
        try await get("/batches?limit=2&after=batch_standin2", standIn, client).body
      ).root
      #expect(rest["has_more"]?.bool == false && rest["first_id"]?.string == "batch_standin1")
    }
  }
}
