import CoreMetrics
import PrometheusMetrics
import Testing

@Suite struct `The exposition text` {
  static let families = [
    MetricFamily("requests_total", .counter, help: "Requests.", labels: ["route", "status"]),
    MetricFamily("in_flight", .gauge, help: "Requests under way.\nWith a \\ in it."),
    MetricFamily("wait_seconds", .histogram(Buckets([0.1, 1, 2.5])), help: "Waits."),
  ]

  @Test func `has every family by name with its help, its type and its series by label`() {
    let registry = PrometheusRegistry(Self.families)
    registry.counter("requests_total", [("status", "200"), ("route", "b")]).increment(by: Int64(3))
    registry.counter("requests_total", [("route", "a"), ("status", "500")]).increment(by: 0.5)
    registry.gauge("in_flight").set(Int64(7))
    let wait = registry.histogram("wait_seconds")
    for value in [0.05, 0.1, 0.5, 3] { wait.record(value) }
    #expect(
      registry.text() == """
        # HELP in_flight Requests under way.\\nWith a \\\\ in it.
        # TYPE in_flight gauge
        in_flight 7
        # HELP requests_total Requests.
        # TYPE requests_total counter
        requests_total{route="a",status="500"} 0.5
        requests_total{route="b",status="200"} 3
        # HELP rung_metrics_overflow_total Times a label combination was one too many and went to the \
        series _overflow_.
        # TYPE rung_metrics_overflow_total counter
        # HELP rung_metrics_refused_total Times a metric was asked for under a name another kind of \
        metric has.
        # TYPE rung_metrics_refused_total counter
        rung_metrics_refused_total 0
        # HELP wait_seconds Waits.
        # TYPE wait_seconds histogram
        wait_seconds_bucket{le="0.1"} 2
        wait_seconds_bucket{le="1"} 3
        wait_seconds_bucket{le="2.5"} 3
        wait_seconds_bucket{le="+Inf"} 4
        wait_seconds_sum 3.65
        wait_seconds_count 4

        """)
  }

  @Test func `is the same whatever order things were counted in`() {
    let names = ["c", "a", "b", "d"]
    func text(_ order: [String]) -> String {
      let registry = PrometheusRegistry()
      for name in order {
        registry.counter("x_total", [("n", name), ("m", "1")]).increment(by: Int64(1))
        registry.gauge("g_\(name)").set(1.0)
      }
      return registry.text()
    }
    #expect(text(names) == text(names.reversed()))
  }

  @Test(arguments: [
    ("plain", "plain"), ("quote\"d", "quote\\\"d"), ("back\\slash", "back\\\\slash"),
    ("two\nlines", "two\\nlines"), ("\\n", "\\\\n"), ("ü😀", "ü😀"), ("", ""), ("a}b{c", "a}b{c"),
  ])
  func `label values are escaped`(value: String, written: String) throws {
    let registry = PrometheusRegistry()
    registry.counter("x_total", [("v", value)]).increment(by: Int64(1))
    #expect(registry.text().contains("x_total{v=\"\(written)\"} 1\n"))
    let samples = try ExpositionReader.read(registry.text())
    #expect(samples.contains { $0.name == "x_total" && $0.labels == ["v": value] })
  }

  @Test func `a label value is cut at 256 bytes and never inside a character`() throws {
    let registry = PrometheusRegistry()
    registry.gauge("x", [("v", String(repeating: "é", count: 129))]).set(1.0)
    registry.gauge("y", [("v", String(repeating: "é", count: 128))]).set(1.0)
    for sample in try ExpositionReader.read(registry.text()) {
      guard let value = sample.labels["v"] else { continue }
      #expect(value == String(repeating: "é", count: 128))
    }
  }

  @Test(arguments: [
    ("fine_1", "fine_1"), ("with-dash", "with_dash"), ("1st", "_1st"), ("", "_"), ("ü", "__"),
    ("a:b", "a:b"),
  ])
  func `names become what the format allows`(asked: String, exported: String) throws {
    let registry = PrometheusRegistry()
    registry.counter(asked, [(asked, "v")]).increment(by: Int64(1))
    let sample = try #require(
      try ExpositionReader.read(registry.text()).first { $0.name == exported })
    #expect(sample.value == 1)
  }

  @Test func `labels of the format get another name, and of two equal ones the first counts`()
    throws
  {
    let registry = PrometheusRegistry()
    registry.histogram("h", [("le", "mine"), ("a", "1"), ("a", "2")], Buckets([1])).record(2.0)
    let samples = try ExpositionReader.read(registry.text())
    #expect(samples.contains { $0.labels == ["le_": "mine", "a": "1", "le": "+Inf"] })
  }

  @Test(arguments: [
    (0.0, "0"), (-3, "-3"), (0.1, "0.1"), (1e300, "1e+300"), (.infinity, "+Inf"),
    (-.infinity, "-Inf"), (.nan, "NaN"), (9_007_199_254_740_991, "9007199254740991"),
  ])
  func `numbers are as the format writes them`(value: Double, written: String) {
    let registry = PrometheusRegistry()
    registry.gauge("g").set(value)
    #expect(registry.text().contains("\ng \(written)\n"))
  }
}
