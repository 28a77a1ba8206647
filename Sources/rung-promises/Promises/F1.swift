import Foundation

/// Nothing in a request chooses where bytes go.
enum F1: Promise {
  static let name = "F1"
  static let text = "no field, header or request line of a request chooses where bytes go"

  static func tried(_ trial: Trial) async throws -> Verdict {
    let ground = try ServedGround(trial, "f1")
    let gateway = try ground.gateway(trial)
    let trap = try Trap()
    let name = "127.0.0.1:\(trap.port)"
    var findings: [String] = []
    var answered = 0
    var refused = 0

    /// `served`: whether it has to be answered, so that it was in the gateway's hands all the way.
    func ask(_ what: String, _ request: (String) -> String, served: Bool) {
      trial.progress.show("F1 \(what)")
      let request = request(what.replacing("TRAP", with: name))
      // Some of these lines leave the connection without an answer, as they should.
      let answer = try? gateway.answer(Array(request.utf8), within: .seconds(5))
      if answer?.status == 200 { answered += 1 } else { refused += 1 }
      if served, answer?.status != 200 {
        findings.append("\(what) is not answered: \(answer?.status ?? 0)")
      }
      let visitors = trap.visitors()
      if visitors > 0 { findings.append("\(what) sent \(visitors) connections elsewhere") }
    }

    for field in fields { ask(field, post(adding:), served: false) }
    for header in headers { ask(header, post(header:), served: true) }
    for line in lines { ask(line, { post(line: $0, to: name) }, served: false) }
    let calls = try ground.wall.newCalls()
    // Every answer is a call of the one provider; a request with several names is one call.
    if calls.count != answered {
      findings.append("\(answered) answers, and the provider has \(calls.count) calls")
    }
    if answered < headers.count + fields.count / 3 {
      findings.append("\(answered) were answered at all: a blind trial")
    }
    return .of(
      findings,
      "\(fields.count) fields, \(headers.count) headers, \(lines.count) request lines: \(answered) "
        + "answered by the catalog's provider, \(refused) refused, 0 connections elsewhere")
  }

  // MARK: Requests

  private static func post(adding field: String) -> String {
    message("POST /v1/chat/completions HTTP/1.1", [], body("," + field))
  }

  private static func post(header: String) -> String {
    message("POST /v1/chat/completions HTTP/1.1", [header], body(""))
  }

  private static func post(line: String, to host: String) -> String {
    message(line, ["host: \(host)"], body(""))
  }

  private static func body(_ more: String) -> String {
    #"{"model":"auto","messages":[{"role":"user","content":"hi"}]\#(more)}"#
  }

  private static func message(_ line: String, _ headers: [String], _ body: String) -> String {
    let named = headers.contains { $0.hasPrefix("host:") } ? [] : ["host: 127.0.0.1"]
    let all = named + headers + ["content-length: \(body.utf8.count)"]
    return ([line] + all).joined(separator: "\r\n") + "\r\n\r\n" + body
  }

  /// Members by which one gateway or another chooses an upstream.
  private static let fields = [
    #""api_base":"TRAP""#, #""base_url":"http://TRAP""#, #""baseURL":"TRAP""#,
    #""endpoint":"TRAP""#, #""host":"TRAP""#, #""url":"http://TRAP""#, #""proxy":"http://TRAP""#,
    #""proxies":{"http":"TRAP"}"#, #""custom_host":"TRAP""#, #""customHost":"TRAP""#,
    #""azure_endpoint":"TRAP""#, #""litellm_params":{"api_base":"TRAP"}"#,
    #""model_list":[{"litellm_params":{"api_base":"TRAP"}}]"#,
    #""fallbacks":[{"cheap":["TRAP"]}]"#, #""router_settings":{"api_base":"TRAP"}"#,
    #""user_config":{"model_list":[{"api_base":"TRAP"}]}"#, #""extra_headers":{"Host":"TRAP"}"#,
    #""headers":{"Host":"TRAP"}"#, #""extra_body":{"base_url":"TRAP"}"#,
    #""callback_url":"http://TRAP""#, #""webhook_url":"http://TRAP""#, #""upstream":"TRAP""#,
    #""provider":{"base_url":"TRAP"}"#, #""target":"TRAP""#,
    #""targets":[{"override_params":{"base_url":"TRAP"}}]"#, #""config":{"custom_host":"TRAP"}"#,
    #""deployment_id":"../../TRAP""#, #""metadata":{"api_base":"TRAP"}"#, #""region_name":"TRAP""#,
  ]

  private static let headers = [
    "x-forwarded-host: TRAP", "x-forwarded-server: TRAP", "forwarded: host=TRAP",
    "x-original-url: http://TRAP/", "x-rewrite-url: http://TRAP/", "x-host: TRAP",
    "proxy: http://TRAP", "x-portkey-custom-host: http://TRAP/v1",
    #"x-portkey-config: {"custom_host":"TRAP"}"#, "x-litellm-api-base: http://TRAP",
    "x-api-base: http://TRAP", "openai-base-url: http://TRAP", "x-base-url: http://TRAP",
    "x-upstream: http://TRAP", "x-target-url: http://TRAP", "helicone-target-url: http://TRAP",
    "x-azure-endpoint: http://TRAP", "destination: http://TRAP", "referer: http://TRAP",
    "x-envoy-original-path: http://TRAP", "x-http-host-override: TRAP",
    "x-rung-upstream: http://TRAP", "x-rung-base-url: http://TRAP", "x-original-host: TRAP",
  ]

  private static let lines = [
    "POST /v1/chat/completions HTTP/1.1", "POST http://TRAP/v1/chat/completions HTTP/1.1",
    "CONNECT TRAP HTTP/1.1", "POST //TRAP/v1/chat/completions HTTP/1.1",
    "POST /v1/chat/completions?api_base=http://TRAP HTTP/1.1",
    "POST /v1/chat/completions@TRAP HTTP/1.1", "POST /v1/chat/completions/../../TRAP HTTP/1.1",
    "GET http://TRAP/ HTTP/1.1",
  ]
}
