import Foundation

/// Requests as fast as the answers come, by `wrk` with one thread.
struct Wrk {
  let program: String
  let script: String

  struct Answers {
    let count: Int
    /// A second.
    let rate: Double
    /// In microseconds.
    let median: Double
  }

  /// - Throws: if wrk fails, or any answer was not a success.
  func load(
    _ url: String, connections: Int, seconds: Int
  ) throws(BenchProblem) -> Answers {
    let output = try Program.output(
      of: program,
      [
        "-t1", "-c\(connections)", "-d\(seconds)s", "--latency", "-s", script, url,
      ])
    let words = output.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let result = words.firstIndex(of: "figures"), words.count > result + 4,
      let count = Int(words[result + 1]), let micros = Double(words[result + 2]),
      let median = Double(words[result + 3]), let failed = Int(words[result + 4])
    else { throw BenchProblem("wrk said nothing of `\(url)`: \(output.prefix(200))") }
    guard failed == 0, count > 0 else {
      throw BenchProblem("\(failed) of \(count) answers of `\(url)` were no success")
    }
    return Answers(count: count, rate: Double(count) * 1e6 / micros, median: median)
  }

  /// The script: what is sent, and the figures in one line.
  static func script(body: String, headers: [(String, String)]) -> String {
    let lines = headers.map { "wrk.headers[\"\($0.0)\"] = \"\($0.1)\"\n" }.joined()
    return """
      wrk.method = "POST"
      \(lines)wrk.body = [[\(body)]]
      function done(summary, latency)
        local wrong = summary.errors
        local failed = wrong.status + wrong.connect + wrong.read + wrong.write + wrong.timeout
        io.write(string.format("figures %d %d %d %d\\n", summary.requests, summary.duration,
          latency:percentile(50), failed))
      end
      """
  }
}
