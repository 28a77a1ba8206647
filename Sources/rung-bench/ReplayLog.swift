import PolicyUnits

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// A log and the policies it is held against, the same on every machine.
enum ReplayLog {
  static let catalog = """
    currency: USD
    providers:
      here: {base_url: "http://127.0.0.1:1/v1"}
    models:
    \(model("small", "0.01", "0.02"))
    \(model("middle", "0.1", "0.3"))
    \(model("large", "2.5", "10"))
    \(model("larger", "5", "20"))
    \(model("fifth", "0.4", "1.6"))
    """

  private static func model(_ name: String, _ input: String, _ output: String) -> String {
    """
      \(name):
        upstream: \(name)
        deployments: [{provider: here}]
        window: 128k
        max_output: 8k
        acceptance: {share: 80%, source: "the bench"}
        prices: {input: \(input), output: \(output), date: 2026-11-01, source: "the bench"}
    """
  }

  private static let head = """
    rung 1
    catalog "catalog.yaml"
    zone "Europe/Berlin"
    facts {
      plan  : free | pro | team = free
      seats : count = 1
    }
    gate long = length >= 20 chars
    ladder cheap(max_budget = $0.50) {
      tier small accept long
      tier middle accept long
      tier large
    }

    """

  /// A dozen routes over facts, sizes and hours, a ladder, a cache.
  static let policy =
    head + """
      route big when prompt.tokens >= 4k { use large }
      route night when plan = free and (hour >= 22 or hour < 6) { use small }
      route teams when plan = team and seats >= 40 { cache exact for 1h per tenant  use cheap }
      route pros when plan = pro { cache exact for 1d per tenant  use middle fallback small }
      \((1...8).map { "route r\($0) when seats = \($0) and prompt.tokens < 100 { use small }" }
        .joined(separator: "\n"))
      otherwise { use cheap }

      """

  /// The same under sixty conditions over texts.
  static let policyOverTexts =
    head + """
      \((1...60).map {
        "route t\($0) when question mentions (\"word\($0 * 31)\", \"other\($0)\") { use small }"
      }.joined(separator: "\n"))
      otherwise { use cheap }

      """

  /// The bytes that were written.
  static func write(_ rows: Int, words: Int, to path: String) throws -> Int {
    guard let file = unsafe fopen(path, "w") else { throw BenchProblem("cannot write \(path)") }
    defer { unsafe fclose(file) }
    var random = BenchRandom(seed: 29)
    var time: Int64 = 1_794_182_400_000
    var size = 0
    for row in 0..<rows {
      time += Int64(random.below(5_200))
      let line = line(row, time, words, &random)
      size += line.utf8.count
      guard unsafe fputs(line, file) >= 0 else { throw BenchProblem("cannot write \(path)") }
    }
    return size
  }

  private static func line(
    _ row: Int, _ time: Int64, _ words: Int, _ random: inout BenchRandom
  ) -> String {
    let model = ["small", "middle", "large", "larger", "fifth"][random.below(5)]
    let plan = ["free", "pro", "team"][random.below(3)]
    let input = 30 + random.below(40) * random.below(120)
    // Three in ten say what one before them said.
    let print = random.below(10) < 7 ? 1_000_000 + row : random.below(3_000)
    var line = #"{"time":"\#(iso(time))","tenant":"t\#(random.below(200))","model":"\#(model)","#
    line += #""input_tokens":\#(input),"output_tokens":\#(5 + random.below(600)),"#
    line += #""latency_ms":\#(random.below(4_000)),"cost":0.0\#(1000 + random.below(9000)),"#
    line += #""metadata":{"plan":"\#(plan)","seats":\#(1 + random.below(60))},"#
    line += #""body_fingerprint":"\#(String(print, radix: 16))""#
    if words > 0 {
      let text = (0..<words).map { _ in "word\(random.below(4_000))" }.joined(separator: " ")
      line += #","messages":[{"role":"user","content":"\#(text)"}]"#
    }
    return line + "}\n"
  }

  /// As most programs write it.
  private static func iso(_ time: Int64) -> String {
    guard let date = CalendarDate(daysSince1970: time / 86_400_000) else { return "" }
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let seconds = time / 1000 % 86_400
    let clock = "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    let day = "\(date.year)-\(two(Int64(date.month)))-\(two(Int64(date.day)))"
    return "\(day)T\(clock).\(String(1000 + time % 1000).dropFirst())Z"
  }
}
