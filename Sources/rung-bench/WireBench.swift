import OpenAIWire
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingRequests

/// From a request's JSON to what a decision reads.
enum WireBench {
  static func run(_ report: inout Report) {
    let bytes = Array(request.utf8)
    // Short runs and many: most of them are not interrupted, even where the machine is busy.
    let rounds = 100
    let runs = 501
    guard
      let date = CalendarDate(year: 2026, month: 5, day: 4),
      let graph = BenchPolicies.graph(BenchPolicies.routes(10).text)
    else { return }
    let moment = LocalMoment(date: date, weekday: .monday, hour: 9)
    guard let once = try? ChatRequest(bytes),
      (try? graph.facts(of: RequestInput(once, moment: moment))) != nil
    else { return print("the request of the wire's figures cannot be read") }
    var sum = 0
    let reading = Stopwatch.median(runs: runs) {
      for _ in 0..<rounds { sum &+= (try? ChatRequest(bytes))?.messages.count ?? 0 }
    }
    let label = "request JSON of \(bytes.count) bytes"
    report.add(
      "\(label) to a request", reading / Double(rounds) / 1_000, "µs", atMost: 2.2)
    let facts = Stopwatch.median(runs: runs) {
      for _ in 0..<rounds {
        guard let request = try? ChatRequest(bytes) else { return }
        let input = RequestInput(request, moment: moment)
        sum &+= (try? graph.facts(of: input)) == nil ? 0 : 1
      }
    }
    report.add("\(label) to facts", facts / Double(rounds) / 1_000, "µs", atMost: 3)
    if sum == .min { print(sum) }
  }

  /// About a kilobyte.
  static let request = #"""
    {"model":"auto","messages":[{"role":"system","content":"You are a support assistant for a \#
    small shop. Answer briefly, in the language of the customer, and never promise a refund. \#
    Escalate to a person when the customer asks for one."},{"role":"user","content":"Hi!"},\#
    {"role":"assistant","content":"Hello, how can I help?\nAsk away."},{"role":"user","content":\#
    "I ordered two lamps last week and one of them came broken. The box looked fine from the \#
    outside but the glass inside was in pieces. What do I do now, do I send it back or do you \#
    send me a new one first? I need it before the weekend because my parents come to visit."}],\#
    "temperature":0.7,"max_tokens":512,"top_p":1,"stream":false,"user":"customer-4711",\#
    "metadata":{"plan":"pro","region":"eu"},"presence_penalty":0.1,"tools":[{"type":"function",\#
    "function":{"name":"order_status","parameters":{"type":"object","properties":{"order":\#
    {"type":"string"}},"required":["order"]}}}]}
    """#
}
